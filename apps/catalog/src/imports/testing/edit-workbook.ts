import { mapWorkbook } from '../../export/export-xlsx.ts';
import { textSheet } from '../../export/xlsx/text-sheet.ts';
import { readWorkbook } from '../formats/xlsx/read-workbook.ts';
import { readArchive } from '../formats/zip/read-archive.ts';
import type { Origin } from '../origin.ts';

/** Cells of one row, by their headers. */
export type EditedRow = Record<string, string>;

/** A workbook of ours as a person saves it anew after editing its rows. */
export async function editWorkbook(
  file: AsyncIterable<Uint8Array>,
  edit: (rows: EditedRow[], origin: Origin) => EditedRow[],
  claim: (origin: Origin) => Origin = (origin) => origin,
): Promise<Blob> {
  const read: (readonly string[])[] = [];
  let origin: Origin | undefined;
  for await (const batch of readArchive(file, 'xlsx', (archive) => readWorkbook(archive)))
    for (const item of batch) {
      if ('row' in item) read.push(item.row.cells);
      if ('origin' in item) ({ origin } = item);
    }
  if (!origin) throw new Error('the workbook says what it was made from');
  const [header = [], ...cells] = read;
  const rows = cells.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ''])));
  const edited = edit(rows, origin).map((row) => header.map((name) => row[name] ?? ''));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of mapWorkbook(textSheet(header, edited, []), claim(origin)))
    chunks.push(Uint8Array.from(chunk));
  return new Blob(chunks);
}
