import { json, run, sql, type Executor } from '#platform';
import type { ImportedRow } from '../imported-row.ts';

const rowsAtOnce = 5_000;

/** Keeps the rows of a file until they are in a draft. */
export async function writeImportRows(
  db: Executor,
  importId: string,
  rows: readonly ImportedRow[],
): Promise<void> {
  await run(db, sql`delete from import_row where import_id = ${importId}`);
  for (let i = 0; i < rows.length; i += rowsAtOnce)
    await run(
      db,
      sql`
      insert into import_row (import_id, index, row)
      select ${importId}, ${i} + place, row from jsonb_array_elements(${json(rows.slice(i, i + rowsAtOnce))})
        with ordinality as r(row, place)`,
    );
}

export async function readImportRows(db: Executor, importId: string): Promise<ImportedRow[]> {
  const rows = await run<{ row: ImportedRow }>(
    db,
    sql`select row from import_row where import_id = ${importId} order by index`,
  );
  return rows.map(({ row }) => row);
}
