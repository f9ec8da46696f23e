import { expect, test } from 'vitest';
import { restartDelay } from './restart-delay.ts';

test('the wait before a restart grows and stays at 10 seconds', () => {
  expect([1, 2, 3, 4, 5, 50].map(restartDelay)).toEqual([1, 2, 5, 10, 10, 10]);
});
