import { merkle, place, type ConceptId, type Entry, type PlacedEntry } from '#taxonomy';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFolder } from '../bootstrap/read-edition-folder.ts';
import { entriesOfRows } from '../imports/entries-of-rows.ts';
import { findFormat } from '../imports/formats/index.ts';
import { importOfficialText } from '../imports/official-text.ts';
import { readFileRows } from '../imports/testing/read-file-rows.ts';
import { seedFolder } from '../testing/seed.ts';
import { mapWorkbook } from './export-xlsx.ts';
import { cellsOf } from './table/cells-of.ts';
import { csvOf } from './table/csv-of.ts';
import { columnsOf, extentOf } from './table/columns-of.ts';
import { editingColumns } from './table/editing-columns.ts';
import { forPeople } from './table/for-people.ts';
import { sheet } from './xlsx/sheet.ts';

import { arbitraryNastyMap } from './testing/arbitrary-nasty-map.ts';

let folder: EditionFolder;
beforeAll(async () => {
  folder = await seedFolder();
});

const placed = (entries: ReadonlyMap<ConceptId, Entry>): PlacedEntry[] =>
  [...entries.values()].map((entry) => place(folder.edition, entries, entry));

const origin = { scheme: 's', revision: 3, contentHash: 'ab'.repeat(32) };

const people = (entries: readonly PlacedEntry[]) =>
  forPeople(
    folder.edition,
    entries.map((entry) => ({ ...entry, title: entry.code ? null : (entry.titles['it']?.official ?? null) })),
  );

const files = {
  csv: (entries: PlacedEntry[]) => csvOf(columnsOf(extentOf(entries)), [entries]),
  'csv for Excel in Italy': (entries: PlacedEntry[]) =>
    csvOf(columnsOf(extentOf(entries)), [entries], 'excel-it'),
  xlsx: (entries: PlacedEntry[]) =>
    mapWorkbook(sheet(columnsOf(extentOf(entries)), [entries], 'fixed'), origin),
  'xlsx for editing': (entries: PlacedEntry[]) =>
    mapWorkbook(sheet(editingColumns(extentOf(entries), ['it']), [entries], 'it', people(entries)), origin),
  'xlsx for editing, in English': (entries: PlacedEntry[]) =>
    mapWorkbook(sheet(editingColumns(extentOf(entries), ['it']), [entries], 'en'), origin),
};

describe.each(Object.entries(files))('an export as %s', (name, write) => {
  const readBack = async (entries: ReadonlyMap<ConceptId, Entry>) => {
    const format = findFormat(name.split(' ')[0] ?? '');
    const { rows, findings } = await readFileRows(format?.open(folder.edition, {}), write(placed(entries)));
    expect(findings).toEqual([]);
    return entriesOfRows('s', folder.edition, rows).entries;
  };

  test('of any map re-imports to the same content hash', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNastyMap, async (map) => {
        const reached = await readBack(map);
        expect(merkle('s', reached.values()).root).toBe(merkle('s', map.values()).root);
        expect([...reached.values()].map(({ rank }) => rank)).toEqual(
          [...map.values()].map(({ rank }) => rank),
        );
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  test('of the seed map re-imports to the same content hash', async () => {
    const { entries } = importOfficialText('s', folder.edition, folder.corrections, folder.document);
    expect(merkle('s', (await readBack(entries)).values()).root).toBe(merkle('s', entries.values()).root);
  });
});

test.each(['standard', 'excel-it'] as const)(
  'a spreadsheet that splits at another character finds no cell of its own in a CSV (%s)',
  async (variant) => {
    const { entries } = importOfficialText('s', folder.edition, folder.corrections, folder.document);
    const [first] = placed(entries);
    if (!first) throw new Error('the seed has entries');
    const officials = ['Bilancio;=1+1', 'Bilancio,=1+1', 'Bilancio\t=1+1'];
    const rows = officials.map((official) => ({ ...first, titles: { it: { official } } }));
    const text: string[] = [];
    for await (const piece of csvOf(columnsOf(extentOf(rows)), [rows], variant)) text.push(piece);
    for (const official of officials) expect(text.join('')).toContain(`"${official}"`);
  },
);

test('the file for editing shows no numbers and no ids that mean nothing to people, and may be sorted', async () => {
  const { entries } = importOfficialText('s', folder.edition, folder.corrections, folder.document);
  const all = placed(entries);
  const columns = editingColumns(extentOf(all), ['it']);
  const rows = all.map((entry) => cellsOf(columns, entry, people(all)));
  const at = (kind: string) => columns.findIndex((column) => column.kind === kind);
  const top = rows.find((row) => row[at('code')] === 'A1');
  expect(top?.[at('rank')]).toBeNull();
  const above = all.find(({ code }) => code === 'A1')?.parentId;
  expect(top?.[at('parent')]).toBe(above && entries.get(above)?.titles['it']?.official);
  const sorted = mapWorkbook(sheet(columns, [all.toReversed()], 'it', people(all)), origin);
  const read = await readFileRows(findFormat('xlsx')?.open(folder.edition, {}), sorted);
  const reached = entriesOfRows('s', folder.edition, read.rows).entries;
  expect(merkle('s', reached.values()).root).toBe(merkle('s', entries.values()).root);
});
