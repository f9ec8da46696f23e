import { codeFrom, conceptIdFrom, match, type Entry, type Note } from '#taxonomy';
import { expect, test } from 'vitest';
import type { ImportedRow } from '../imports/imported-row.ts';
import { labelRedefined } from './label-redefined.ts';

const entryOf = (code: string, note: Note = {}): Entry => ({
  conceptId: conceptIdFrom(code),
  code: codeFrom(code),
  parentId: null,
  rank: 1,
  titles: { it: { official: `Titolo ${code}` } },
  notes: Object.keys(note).length > 0 ? { it: note } : {},
  attributes: {},
});
const byId = (entries: Entry[]) => new Map(entries.map((entry) => [entry.conceptId, entry]));
const inForce = byId([
  entryOf('A1', { includes: 'Piani', excludes: 'Bilanci' }),
  entryOf('A2', { includes: 'Verifiche' }),
  entryOf('A3', { excludes: 'Gare' }),
]);
const labelled = (...read: Entry[]) => {
  const rows = read.map((entry): ImportedRow => ({ ...entry, key: String(entry.code), parent: null }));
  const items = [...byId(read).values()].map(({ code, titles }) => ({
    id: String(code),
    parentId: null,
    code,
    title: titles['it']?.official ?? '',
  }));
  const base = items.map((item) => ({ ...item, id: conceptIdFrom(item.id) }));
  const entries = new Map(read.map((entry) => [String(entry.code), entry]));
  return labelRedefined({ rows, entries, base: inForce }, match(items, base)).rows.map(
    ({ rowId, labels }) => `${rowId} ${labels.join()}`,
  );
};

test('a row of which only the notes changed has a label; notes of a kind that the file never mentions stay', () => {
  const rows = [entryOf('A1', { includes: 'Piani' }), entryOf('A2', { includes: 'Altre' }), entryOf('A3')];
  expect(labelled(...rows)).toEqual(['A1 ', 'A2 redefined', 'A3 ']);
  expect(labelled(entryOf('A1'), entryOf('A2'), entryOf('A3'))).toEqual(['A1 ', 'A2 ', 'A3 ']);
});
