import { expect, test } from 'vitest';
import { onAbort } from './on-abort.ts';

test('whoever waits no longer is not called, in whatever order they leave, and leaves once', () => {
  const stop = new AbortController();
  const called: string[] = [];
  const leave = ['a', 'b', 'c', 'd'].map((who) => onAbort(stop.signal, () => called.push(who)));
  leave[1]?.();
  leave[1]?.();
  leave[3]?.();
  leave[3]?.();
  onAbort(stop.signal, () => called.push('e'));
  stop.abort();
  expect(called.sort()).toEqual(['a', 'c', 'e']);
});

test('who is called may leave while others are still to be called', () => {
  const stop = new AbortController();
  const called: number[] = [];
  const leave = [0, 1, 2].map((i) =>
    onAbort(stop.signal, () => {
      called.push(i);
      for (const each of leave) each();
    }),
  );
  stop.abort();
  expect(called).toEqual([0, 1, 2]);
});
