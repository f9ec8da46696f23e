import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryMap } from './arbitrary.ts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from './entry.ts';
import { mergeEntry } from './merge-entry.ts';
import { rebase } from './rebase.ts';

const id = conceptIdFrom('00000000-0000-4000-8000-000000000001');
const arbitraryEntry = arbitraryMap
  .filter((map) => map.size > 0)
  .map((map): Entry => ({ ...([...map.values()][0] as Entry), conceptId: id }));

describe('merging two changes of one entry', () => {
  test('takes the other side whole where one changed nothing', () => {
    fc.assert(
      fc.property(arbitraryEntry, arbitraryEntry, (before, changed) => {
        expect(mergeEntry(before, before, changed)).toEqual({ entry: changed, conflicts: [] });
        expect(mergeEntry(before, changed, before)).toEqual({ entry: changed, conflicts: [] });
        expect(mergeEntry(before, changed, changed)).toEqual({ entry: changed, conflicts: [] });
      }),
    );
  });

  test('finds the same conflicts from either side', () => {
    fc.assert(
      fc.property(arbitraryEntry, arbitraryEntry, arbitraryEntry, (before, mine, theirs) => {
        const fields = (a: Entry, b: Entry) =>
          mergeEntry(before, a, b)
            .conflicts.map(({ field }) => field)
            .sort();
        expect(fields(mine, theirs)).toEqual(fields(theirs, mine));
      }),
    );
  });

  test('keeps both changes when they touch different fields, and asks only where they touch the same', () => {
    const before = entry({ titles: { it: { official: 'Uno' }, en: { official: 'One' } } });
    const mine = entry({
      titles: { it: { official: 'Mio' }, en: { official: 'One' } },
      attributes: { usable: true },
    });
    const theirs = entry({
      titles: { it: { official: 'Loro' }, en: { official: 'Theirs' } },
      code: codeFrom('B1'),
    });
    expect(mergeEntry(before, mine, theirs)).toMatchObject({
      entry: {
        code: 'B1',
        titles: { it: { official: 'Mio' }, en: { official: 'Theirs' } },
        attributes: { usable: true },
      },
      conflicts: [{ field: 'titles.it', mine: { official: 'Mio' }, theirs: { official: 'Loro' } }],
    });
  });
});

describe('a draft on a newer base', () => {
  const [a, b] = ['1', '2'].map((n) => conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`)) as [
    ConceptId,
    ConceptId,
  ];
  const map = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));
  const base = map(entry({ conceptId: a }), entry({ conceptId: b, code: codeFrom('A2') }));

  test('tells concepts retired there, and concepts changed there', () => {
    const edits = { entries: map(entry({ conceptId: a, code: codeFrom('A3') })), retired: new Set([b]) };
    const newBase = map(entry({ conceptId: b, code: codeFrom('A4') }));
    expect(rebase(edits, base, newBase)).toMatchObject({
      retiredThere: [a],
      changedThere: [b],
      conflicts: [],
    });
  });

  test('is what it was where the base did not change', () => {
    const edits = { entries: map(entry({ conceptId: a, code: codeFrom('A3') })), retired: new Set([b]) };
    expect(rebase(edits, base, base)).toEqual({
      ...edits,
      conflicts: [],
      retiredThere: [],
      changedThere: [],
    });
  });
});

function entry(said: Partial<Entry>): Entry {
  return {
    conceptId: id,
    code: codeFrom('A1'),
    parentId: null,
    rank: 16,
    titles: {},
    notes: {},
    attributes: {},
    ...said,
  };
}
