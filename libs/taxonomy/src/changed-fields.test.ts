import { expect, test } from 'vitest';
import { changedFields } from './changed-fields.ts';
import { codeFrom, conceptIdFrom, type Entry } from './entry.ts';

const entry: Entry = {
  conceptId: conceptIdFrom('a'),
  code: codeFrom('A1'),
  parentId: null,
  rank: 1,
  titles: { it: { official: 'Uno' }, de: { official: 'Eins' } },
  notes: {},
  attributes: { usable: true },
};

test('what was changed, added and taken away is named by its field, the order of siblings left out', () => {
  const after = {
    ...entry,
    code: null,
    rank: 2,
    titles: { it: { official: 'Due' } },
    notes: { it: { includes: 'x' } },
  };
  expect(changedFields(entry, after)).toEqual([
    { field: 'code', value: null },
    { field: 'titles.it', value: { official: 'Due' } },
    { field: 'titles.de', value: null },
    { field: 'notes.it', value: { includes: 'x' } },
  ]);
  expect(changedFields(entry, { ...entry, rank: 9 })).toEqual([]);
});
