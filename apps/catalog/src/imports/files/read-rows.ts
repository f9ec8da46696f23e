import { createReadStream } from 'node:fs';
import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import { findFormat, refuseFile } from '../formats/index.ts';
import { headLength } from '../formats/refuse-file.ts';
import type { FileColumns, ImportedRow } from '../imported-row.ts';
import type { Origin } from '../origin.ts';

/** What a file holds, and everything that its reader noticed. */
export interface RowsRead {
  readonly rows: ImportedRow[];
  readonly findings: Finding[];
  /** The revision that the file says it was made from. */
  readonly origin: Origin | null;
  readonly columns: FileColumns;
  /** Names of rows that give no entry, for a fault that is among the findings. */
  readonly refused: ReadonlySet<string>;
}

/** A file on disk, with what its import says about it. */
export interface FileToRead {
  readonly record: { readonly edition: Edition; readonly format: string; readonly options: unknown };
  readonly file: { readonly path: string };
  readonly mostRows: number;
}

/**
 * Reads a file, until it has more rows than are read.
 * @param progress told how many rows there are so far
 * @returns null when the signal ended it
 */
export async function readRows(
  { record: { edition, format, options }, file: { path }, mostRows }: FileToRead,
  progress: (rowsRead: number) => void,
  signal: AbortSignal,
): Promise<RowsRead | null> {
  const foreign = refuseFile(await headOf(path));
  if (foreign) return { rows: [], findings: [foreign], origin: null, columns: new Map(), refused: new Set() };
  const reader = findFormat(format);
  if (!reader) throw new Error(`an import of the unknown format ${format}`);
  const rows: ImportedRow[] = [];
  const findings: Finding[] = [];
  let origin: Origin | null = null;
  let columns: FileColumns = new Map();
  const refused = new Set<string>();
  for await (const item of reader.open(edition, options)(createReadStream(path))) {
    if (signal.aborted) return null;
    if ('finding' in item) findings.push(item.finding);
    else if ('refused' in item) for (const name of item.refused) refused.add(name);
    else if ('origin' in item) origin = item.origin;
    else if ('columns' in item) columns = item.columns;
    else if (rows.length < mostRows) rows.push(item.row);
    else return { rows, findings: [...findings, tooManyRows(mostRows)], origin, columns, refused };
    progress(rows.length);
  }
  return { rows, findings, origin, columns, refused };
}

const tooManyRows = (mostRows: number): Finding => ({
  rule: 'too-many-rows',
  severity: 'error',
  message: say`A file may have ${mostRows} rows (IMPORT_ROWS); reading stopped there.`,
});

async function headOf(path: string): Promise<Uint8Array> {
  for await (const piece of createReadStream(path, { end: headLength - 1 }))
    return piece instanceof Uint8Array ? piece : new Uint8Array();
  return new Uint8Array();
}
