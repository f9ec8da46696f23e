import type { Executor } from '#platform';
import type { FoundRevision } from '../reading/find-revision.ts';
import { readExtent } from './read-extent.ts';
import { readInBatches } from './read-in-batches.ts';
import { columnsOf } from './table/columns-of.ts';
import { csvOf, type CsvVariant } from './table/csv-of.ts';

/** A whole revision as CSV, read batch by batch. */
export async function* exportCsv(
  db: Executor,
  found: FoundRevision,
  variant: CsvVariant,
): AsyncGenerator<string> {
  yield* csvOf(columnsOf(await readExtent(db, found)), readInBatches(db, found), variant);
}
