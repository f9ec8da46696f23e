import fc from 'fast-check';
import type { ConceptId, Entry } from '#taxonomy';
import { codeSchema } from '#contracts';
import { conceptNumber } from './map-history.ts';

const size = 7;
export type SomeMap = ReadonlyMap<ConceptId, Entry>;

/** Some of seven concepts, with any codes and titles, each below another one or at the top. */
export const anyMap: fc.Arbitrary<SomeMap> = fc
  .record({
    concepts: fc.shuffledSubarray([...Array(size).keys()], { minLength: 1 }),
    codes: fc.shuffledSubarray([...Array(size).keys()], { minLength: size }),
    parents: fc.array(fc.nat(size), { minLength: size, maxLength: size }),
    titles: fc.array(fc.constantFrom('a', 'b'), { minLength: size, maxLength: size }),
  })
  .map(({ concepts, codes, parents, titles }) => {
    const entries = concepts.map((n, i): Entry => {
      const above = (parents[i] ?? 0) <= i ? concepts[(parents[i] ?? 0) - 1] : undefined;
      return {
        conceptId: conceptNumber(n + 1),
        code: codeSchema.parse(`A${(codes[i] ?? 0) + 1}`),
        parentId: above === undefined ? null : conceptNumber(above + 1),
        rank: i,
        titles: { it: { official: titles[i] ?? 'a' } },
        notes: {},
        attributes: {},
      };
    });
    return new Map(entries.map((entry) => [entry.conceptId, entry]));
  });

/** Of a process; see `Mortal`. */
export const anyDeath = fc.record({ moment: fc.integer({ min: 1, max: 40 }), after: fc.boolean() });
