import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodes } from './compare-codes.ts';
import { codeFrom, conceptIdFrom, type Entry } from './entry.ts';
import { rankByCode, type CodeGrammar } from './grammar.ts';
import { bySiblingOrder } from './hash.ts';
import { rankAmong } from './rank-among.ts';

const grammar: CodeGrammar = {
  separator: '.',
  levels: [{ depth: 1, names: { it: 'x' }, pattern: '[A-Z0-9]+' }],
};

const entry = (code: string | null, rank = 0): Entry => ({
  conceptId: conceptIdFrom(`concept ${code ?? `heading ${rank}`}`),
  code: code === null ? null : codeFrom(code),
  parentId: null,
  rank,
  titles: {},
  notes: {},
  attributes: {},
});

/** The siblings after others were placed among them, in order. */
function placing(placed: readonly Entry[], siblings: readonly Entry[]): Entry[] {
  const ranks = rankAmong(grammar, placed, siblings);
  return [...placed, ...siblings]
    .map((each) => ({ ...each, rank: ranks.get(each.conceptId) ?? each.rank }))
    .sort(bySiblingOrder);
}
const codesOf = (entries: readonly Entry[]) => entries.map(({ code }) => code);

describe('entries are placed among their siblings', () => {
  const codes = fc.uniqueArray(fc.stringMatching(/^[A-C]{1,4}\d{0,9}$|^\d{1,12}$/), {
    minLength: 1,
    maxLength: 30,
  });

  test('in any order and any number at once, they stand as an import of the whole would place them', () => {
    fc.assert(
      fc.property(codes, fc.nat(30), fc.integer({ min: 1, max: 5 }), (all, imported, atOnce) => {
        let map = rankByCode(
          grammar,
          all.slice(0, imported).map((code) => entry(code)),
        );
        for (let i = imported; i < all.length; i += atOnce)
          map = placing(
            all.slice(i, i + atOnce).map((code) => entry(code)),
            map,
          );
        expect(codesOf(map)).toEqual(all.toSorted((a, b) => compareCodes(a, b, grammar)));
        expect(
          map.every(({ rank }, i) => Number.isInteger(rank) && rank > (map[i - 1]?.rank ?? -Infinity)),
        ).toBe(true);
        expect(map.every(({ rank }) => Math.abs(rank) <= 2_147_483_647)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('those that stay keep the order in which they stand, whatever it is', () => {
    fc.assert(
      fc.property(codes, codes, fc.func(fc.nat(20)), (staying, placed, rankOf) => {
        const siblings = staying.map((code) => entry(code, rankOf(code))).sort(bySiblingOrder);
        const others = placed.filter((code) => !staying.includes(code)).map((code) => entry(code));
        const after = codesOf(placing(others, siblings)).filter((code) => staying.includes(code ?? ''));
        expect(after).toEqual(codesOf(siblings));
      }),
      { numRuns: 500 },
    );
  });

  test('the neighbours are left alone where there is room', () => {
    const siblings = ['AND', 'ANG', 'ANT', 'ANV'].map((code, i) => entry(code, 16 * (i + 1)));
    expect([...rankAmong(grammar, [entry('ANM')], siblings).values()]).toEqual([40]);
    expect(codesOf(placing([entry('ANM'), entry('AAA'), entry('ZZZ')], siblings))).toEqual([
      'AAA',
      'AND',
      'ANG',
      'ANM',
      'ANT',
      'ANV',
      'ZZZ',
    ]);
    expect(rankAmong(grammar, [entry('A2')], [entry('A1', 1), entry('A3', 2)]).size).toBe(3);
  });

  test('siblings that share a rank are left alone, unless one comes between them', () => {
    const siblings = [entry('A1', 5), entry('A2', 5), entry('A3', 16)].sort(bySiblingOrder);
    expect([...rankAmong(grammar, [entry('A9')], siblings).keys()]).toEqual([entry('A9').conceptId]);
    const [one, other] = [entry('B1', 5), entry('B3', 5)].sort(bySiblingOrder);
    expect(rankAmong(grammar, [entry('B2')], [one!, other!]).size).toBe(one?.code === 'B1' ? 3 : 1);
  });

  test('a heading without a code comes last', () => {
    const siblings = [entry(null, 1), entry(null, 2)];
    expect(rankAmong(grammar, [{ ...entry(null, 0) }], siblings).size).toBe(1);
    expect(placing([entry(null, 0)], siblings).map(({ conceptId }) => conceptId)).toEqual([
      'concept heading 1',
      'concept heading 2',
      'concept heading 0',
    ]);
  });
});
