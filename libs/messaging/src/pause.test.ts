import { expect, test } from 'vitest';
import { pause, pauseMs } from './pause.ts';

test('pauses double up to the longest, and chance takes away at most half', () => {
  const pauses = { firstMs: 100, longestMs: 1_000 };
  expect([1, 2, 3, 4, 5, 1_000].map((n) => pauseMs(n, pauses, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ]);
  expect(pauseMs(3, pauses, 0)).toBe(200);
});

test('a pause ends at once when told to stop', async () => {
  await expect(pause(60_000, AbortSignal.abort())).resolves.toBeUndefined();
});
