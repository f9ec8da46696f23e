import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renumbered } from '../../../../test/bench/matching-map.ts';
import { match } from './match.ts';

/** Maps with retitled, moved, ended and reused entries; with one word a title repeats all over. */
const edition = fc.record({
  size: fc.integer({ min: 20, max: 400 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  words: fc.integer({ min: 1, max: 4 }),
  shift: fc.integer({ min: 0, max: 2 }),
});

test('nothing is decided automatically that is not so, however many titles repeat and codes change', () => {
  fc.assert(
    fc.property(edition, ({ size, seed, words, shift }) => {
      const { rows, base, truth } = renumbered(size, seed, words, shift);
      const decided = match(rows, base).rows.filter(({ how }) => how === 'automatic');
      expect(decided.map(({ rowId, conceptId }) => [rowId, conceptId])).toEqual(
        decided.map(({ rowId }) => [rowId, truth.get(rowId)]),
      );
    }),
    { numRuns: 60 },
  );
});

test('the truth is among the first three proposals of 95 % of the rows that a person is asked about', () => {
  for (const words of [1, 2, 3, 4]) {
    const { rows, base, truth } = renumbered(5_000, words, words);
    const open = match(rows, base).rows.filter(({ how }) => how === 'open');
    const right = open.filter(({ rowId, proposals }) =>
      proposals.slice(0, 3).some(({ conceptId }) => conceptId === truth.get(rowId)),
    );
    expect(right.length / open.length).toBeGreaterThan(0.95);
  }
});
