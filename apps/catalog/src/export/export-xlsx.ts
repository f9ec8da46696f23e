import type { Executor } from '#platform';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readExtent } from './read-extent.ts';
import { readInBatches } from './read-in-batches.ts';
import { columnsOf, type Extent } from './table/columns-of.ts';
import { editingColumns } from './table/editing-columns.ts';
import { sheet } from './xlsx/sheet.ts';
import { workbook } from './xlsx/workbook.ts';

const sheetName = 'Mappa';

/** A whole revision as a workbook with the same columns as its CSV. */
export async function* exportXlsx(db: Executor, found: FoundRevision): AsyncGenerator<Uint8Array> {
  const columns = columnsOf(await readExtent(db, found));
  yield* workbook(sheetName, sheet(columns, readInBatches(db, found), 'fixed'));
}

/** The file for editing: concept ids are locked, texts are open, and each row may ask for a change. */
export async function* exportForEditing(
  db: Executor,
  found: FoundRevision,
  language: 'it' | 'en',
): AsyncGenerator<Uint8Array> {
  const extent: Extent = await readExtent(db, found);
  const columns = editingColumns(extent, [found.edition.source.language]);
  yield* workbook(sheetName, sheet(columns, readInBatches(db, found), language));
}
