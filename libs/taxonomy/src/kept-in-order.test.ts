import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptInOrder } from './kept-in-order.ts';

const subsets = (count: number): number[][] =>
  count === 0 ? [[]] : subsets(count - 1).flatMap((some) => [some, [...some, count - 1]]);

test('as many as can stay in order are kept, and of those the most preferred ones', () => {
  const order = fc.uniqueArray(fc.nat(12), { maxLength: 8 });
  fc.assert(
    fc.property(order, fc.func(fc.boolean()), (values, isPreferred) => {
      const rate = (some: readonly number[]) => [some.length, some.filter((i) => isPreferred(i)).length];
      const inOrder = (some: readonly number[]) =>
        some.every((i, n) => n === 0 || (values[some[n - 1] ?? 0] ?? 0) < (values[i] ?? 0));
      const kept = [...keptInOrder(values, isPreferred)].sort((a, b) => a - b);
      const [best] = subsets(values.length)
        .filter(inOrder)
        .map(rate)
        .sort(([a = 0, b = 0], [c = 0, d = 0]) => c - a || d - b);
      expect(inOrder(kept)).toBe(true);
      expect(rate(kept)).toEqual(best);
    }),
    { numRuns: 500 },
  );
});
