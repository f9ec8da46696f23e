import { expect, test } from 'vitest';
import { TargetError, type Answer } from '../driver.ts';
import { inParallel } from './in-parallel.ts';

const done: Answer = { is: 'done', externalId: '1' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('no more than so many items are worked on at the same time, and each once', async () => {
  const items = Array.from({ length: 20 }, (_, i) => i);
  const begun: number[] = [];
  let working = 0;
  let most = 0;
  const answers = await inParallel(items, 4, async (item) => {
    begun.push(item);
    most = Math.max(most, ++working);
    await turn();
    working -= 1;
    return done;
  });
  expect(begun).toEqual(items);
  expect(most).toBe(4);
  expect(answers.size).toBe(20);
});

test('after trouble nothing is begun, and what is told to wait is told how long', async () => {
  const begun: number[] = [];
  const slow = { is: 'slow-down', retryAfterMs: 5000, reason: 'busy' } as const;
  const answers = await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await turn();
    if (item === 2) throw new TargetError(slow);
    return done;
  });
  expect(begun).not.toContain(5);
  expect(answers.get(1)).toEqual(done);
  expect(answers.get(5)).toEqual(slow);
});
