import fc from 'fast-check';
import { expect, it } from 'vitest';
import { order, type Dependency } from './order.ts';

it('puts every step after what it depends on, but for what was parked or dropped', () => {
  const dependencies = (count: number) =>
    fc.array(
      fc.oneof(
        // A tree: each step needs the record of an earlier one.
        fc.tuple(fc.integer({ min: 1, max: count - 1 }), fc.nat(count - 2), fc.constant('record' as const)),
        fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom('code' as const, 'order' as const)),
      ),
      { maxLength: 30 },
    );
  fc.assert(
    fc.property(dependencies(12), (tuples) => {
      const given = tuples
        .map(([step, on, kind]): Dependency => ({ step, on: kind === 'record' ? on % step : on, kind }))
        .filter(({ step, on }) => step !== on);
      const { waves, parked, dropped } = order(12, given);
      const left = new Set([...parked, ...dropped]);
      for (const dependency of given) {
        if (!left.has(dependency)) expect(waves[dependency.step]).toBeGreaterThan(waves[dependency.on] ?? 0);
      }
      for (const { step, on, kind } of parked) {
        expect(kind).toBe('code');
        expect([waves[step], waves[on]]).not.toContain(0);
      }
      expect(dropped.every(({ kind }) => kind === 'order')).toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('orders a hundred thousand steps without a deep stack', () => {
  const count = 100_000;
  const given = Array.from({ length: count }, (_, step): Dependency => ({
    step,
    on: (step + 1) % count,
    kind: 'code',
  }));
  const { waves, parked } = order(count, given);
  expect(Math.max(...waves.slice(0, 1_000))).toBeLessThan(20);
  expect(parked.length).toBeGreaterThan(count / 20);
});
