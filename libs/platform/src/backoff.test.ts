import { expect, test } from 'vitest';
import { backoffMs, waitOrStop } from './backoff.ts';

test('pauses double up to the longest, and chance takes away at most half', () => {
  const limits = { firstMs: 100, longestMs: 1_000 };
  expect([1, 2, 3, 4, 5, 1_000].map((n) => backoffMs(n, limits, 1))).toEqual([
    100, 200, 400, 800, 1_000, 1_000,
  ]);
  expect(backoffMs(1, limits, 0)).toBe(50);
});

test('waiting ends at once when told to stop', async () => {
  const stop = new AbortController();
  const waiting = waitOrStop(60_000, stop.signal);
  stop.abort();
  await expect(waiting).resolves.toBeUndefined();
});
