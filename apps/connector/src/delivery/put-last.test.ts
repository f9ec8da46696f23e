import fc from 'fast-check';
import { expect, it } from 'vitest';
import { order, type Dependency } from './order.ts';
import { putLast } from './put-last.ts';

const dependency: fc.Arbitrary<Dependency> = fc
  .tuple(fc.nat(9), fc.nat(9), fc.constantFrom('record', 'code', 'order'))
  .filter(([step, on]) => on < step)
  .map(([step, on, kind]) => ({ step, on, kind }));

it('some steps come after all others but those that depend on them, and each after all that it depends on', () => {
  fc.assert(
    fc.property(fc.array(dependency), fc.uniqueArray(fc.nat(9)), (dependencies, last) => {
      const { waves } = order(10, dependencies);
      const later = putLast(waves, dependencies, last);
      const waveOf = (place: number): number => (waves[place] ?? 0) + (later[place] ?? 0);
      for (const { step, on } of dependencies) expect(waveOf(step)).toBeGreaterThan(waveOf(on));
      const depends = (step: number): boolean =>
        last.includes(step) || dependencies.some((each) => each.step === step && depends(each.on));
      const others = waves.flatMap((_, place) => (depends(place) ? [] : [waveOf(place)]));
      for (const place of last) expect(waveOf(place)).toBeGreaterThan(Math.max(-1, ...others));
    }),
  );
});
