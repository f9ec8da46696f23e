import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareCodes } from './compare-codes.ts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from './entry.ts';
import { levelOf, parentCodeOf, rankByCode, rankOf, type CodeGrammar } from './grammar.ts';
import { conceptIdOf } from './identity.ts';
import { contentHash, merkle } from './hash.ts';
import { validate } from './validation/validate.ts';

const level = (depth: number, pattern: string, parent: 'by-code' | 'stated' = 'by-code') => ({
  depth,
  names: {},
  pattern,
  parent,
});
const grammars = {
  nace: {
    separator: '',
    levels: [
      level(1, '[A-U]'),
      level(2, '[0-9]{2}', 'stated'),
      level(3, '[0-9]{2}\\.[0-9]'),
      level(4, '[0-9]{2}\\.[0-9]{2}'),
    ],
  },
  combinedNomenclature: {
    separator: '',
    levels: [level(1, '[0-9]{2}'), level(2, '[0-9]{4}'), level(3, '[0-9]{6}'), level(4, '[0-9]{8}')],
  },
  sic: {
    separator: '',
    levels: [level(1, '[A-K]'), level(2, '[0-9]{2}', 'stated'), level(3, '[0-9]{3}'), level(4, '[0-9]{4}')],
  },
  products: {
    separator: '/',
    levels: [level(1, '[a-z-]+'), level(2, '[a-z-]+/[a-z-]+'), level(3, '[a-z-]+/[a-z-]+/[a-z-]+')],
  },
} satisfies Record<string, CodeGrammar>;

/** Loads `code` or `code < stated parent`, in any order, as an import does. */
function load(grammar: CodeGrammar, ...written: string[]): Map<ConceptId, Entry> {
  const idOf = (code: string) => conceptIdOf('test', 'test', code);
  const entries = written.map((each): Entry => {
    const [text = '', stated] = each.split(' < ');
    const code = codeFrom(text);
    const parent = stated ?? parentCodeOf(grammar, code);
    return {
      conceptId: idOf(code),
      code,
      parentId: parent === null ? null : idOf(parent),
      rank: 0,
      titles: { en: { official: `Title ${code}` } },
      notes: {},
      attributes: {},
    };
  });
  return new Map(rankByCode(grammar, entries).map((entry) => [entry.conceptId, entry]));
}
const inOrder = (entries: Map<ConceptId, Entry>) =>
  [...entries.values()].sort((a, b) => a.rank - b.rank).map(({ code }) => code);

describe('any classification loads', () => {
  test('NACE: sections are stated, and a class begins with the code of its group', () => {
    const map = load(grammars.nace, '01.11', '01.12', '01.1', '01.2', '01 < A', '02 < A', 'A');
    expect(validate(grammars.nace, map)).toEqual([]);
    expect(parentCodeOf(grammars.nace, codeFrom('01.11'))).toBe('01.1');
    expect(parentCodeOf(grammars.nace, codeFrom('01'))).toBeNull();
  });

  test('Combined Nomenclature: a code begins with that of its parent, whatever level that has', () => {
    const map = load(grammars.combinedNomenclature, '01', '0101', '010121', '01012100', '0102');
    expect(validate(grammars.combinedNomenclature, map)).toEqual([]);
    expect(parentCodeOf(grammars.combinedNomenclature, codeFrom('010121'))).toBe('0101');
    expect([...map.keys()].length).toBe(5);
  });

  test('SIC: divisions are letters, and their major groups are stated', () => {
    const map = load(grammars.sic, 'A', '01 < A', '011', '0111', '0112', '02 < A');
    expect(validate(grammars.sic, map)).toEqual([]);
  });

  test('a product taxonomy by path: words between separators', () => {
    const written = ['animals', 'animals/pets', 'animals/pets/food', 'animals/pets/toys', 'animals/petshops'];
    const map = load(grammars.products, ...written.toReversed());
    expect(validate(grammars.products, map)).toEqual([]);
    expect(levelOf(grammars.products, 'animals/pets/food')?.depth).toBe(3);
    const pets = new Map([...map].filter(([, { code }]) => code?.split('/').length === 2));
    expect(inOrder(pets)).toEqual(['animals/pets', 'animals/petshops']);
  });

  test('a stated parent must stand above, and one that its code contradicts is found', () => {
    expect(validate(grammars.nace, load(grammars.nace, 'A', '01 < A', '02 < A', '01.1 < 02'))).toMatchObject([
      { rule: 'code-parent', code: '01.1' },
    ]);
  });
});

describe('the order of codes', () => {
  const sibling = (form: fc.Arbitrary<string>) =>
    fc.property(form, form, (a, b) => {
      const order = Math.sign(compareCodes(`A1.${a}`, `A1.${b}`));
      const grammar = { separator: '.', levels: [] };
      const ranks = rankOf(grammar, codeFrom(`A1.${a}`)) - rankOf(grammar, codeFrom(`A1.${b}`));
      expect(Math.sign(ranks)).toBe(order);
    });

  test('ranks give it for numbers of eight digits', () => {
    fc.assert(sibling(fc.integer({ min: 0, max: 99_999_999 }).map(String)));
  });

  test('ranks give it for one or two letters in one case, with a number or without', () => {
    fc.assert(sibling(fc.stringMatching(/^[A-Z]{1,2}([1-9][0-9]{0,4})?$/)));
    fc.assert(sibling(fc.stringMatching(/^[a-z]{1,2}([1-9][0-9]{0,4})?$/)));
  });

  test('any codes of siblings are ranked in it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/)), (codes) => {
        const map = load({ separator: '/', levels: [] }, ...codes);
        expect(inOrder(map)).toEqual([...map.values()].map(({ code }) => code));
        expect(inOrder(map)).toEqual(codes.toSorted((a, b) => compareCodes(a, b, { separator: '/' })));
      }),
    );
  });

  test('is total', () => {
    const code = fc.stringMatching(/^[A-Za-z0-9.]{0,12}$/);
    fc.assert(
      fc.property(code, code, code, (a, b, c) => {
        expect(Math.sign(compareCodes(a, b))).toBe(-Math.sign(compareCodes(b, a)) + 0);
        if (compareCodes(a, b) < 0 && compareCodes(b, c) < 0) expect(compareCodes(a, c)).toBeLessThan(0);
      }),
    );
  });
});

test('an attribute that the edition leaves out of the hash does not change it', () => {
  const plain = [...load(grammars.products, 'animals').values()].map((entry) => ({
    ...entry,
    attributes: { a: 1 },
  }));
  const tagged = plain.map((entry) => ({ ...entry, attributes: { a: 1, colour: 'red' } }));
  const definitions = [{ name: 'colour', type: 'string', inHash: false, synced: true }] as const;
  expect(merkle('s', tagged, definitions).root).toBe(merkle('s', plain).root);
  expect(merkle('s', tagged).root).not.toBe(merkle('s', plain).root);
  const [entry] = tagged;
  expect(entry && contentHash({ ...entry, conceptId: conceptIdFrom('x') })).toHaveLength(64);
});
