import type { Executor } from '#platform';
import { originRows, originSheet } from '../imports/formats/xlsx/origin-sheet.ts';
import type { Origin } from '../imports/origin.ts';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readExtent } from './read-extent.ts';
import { readInBatches } from './read-in-batches.ts';
import { columnsOf, type Extent } from './table/columns-of.ts';
import { editingColumns } from './table/editing-columns.ts';
import { readForPeople } from './table/for-people.ts';
import { sheet } from './xlsx/sheet.ts';
import { textSheet } from './xlsx/text-sheet.ts';
import { workbook } from './xlsx/workbook.ts';

/** A whole revision as a workbook with the same columns as its CSV. */
export async function* exportXlsx(db: Executor, found: FoundRevision): AsyncGenerator<Uint8Array> {
  const columns = columnsOf(await readExtent(db, found));
  yield* mapWorkbook(sheet(columns, readInBatches(db, found), 'fixed'), originOf(found));
}

/** The file for editing: concept ids are locked, texts are open, and each row may ask for a change. */
export async function* exportForEditing(
  db: Executor,
  found: FoundRevision,
  language: 'it' | 'en',
): AsyncGenerator<Uint8Array> {
  const extent: Extent = await readExtent(db, found);
  const columns = editingColumns(extent, [found.edition.source.language]);
  const people = await readForPeople(db, found);
  yield* mapWorkbook(sheet(columns, readInBatches(db, found), language, people), originOf(found));
}

/** A map, and beside it what it was made from, so that an import knows what has changed since. */
export function mapWorkbook(xml: AsyncIterable<string>, origin: Origin): AsyncGenerator<Uint8Array> {
  const aside = textSheet(
    ['Mappa', 'Da quale revisione / from which revision'],
    originRows(origin),
    [20, 70],
  );
  return workbook({ name: 'Mappa', xml }, { name: originSheet, xml: aside });
}

const originOf = ({ schemeId, number, revision }: FoundRevision): Origin => ({
  scheme: schemeId,
  revision: number,
  contentHash: revision.contentHash.toString('hex'),
});
