import type { Finding } from '#taxonomy';
import { say } from '#words';
import type { FileColumns, ImportedRow, Read } from '../imported-row.ts';
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

export interface Reading {
  /** With more rows, a finding says so, and no more is read. */
  readonly mostRows: number;
  /** Told how many rows there are so far. */
  readonly progress: (rowsRead: number) => void;
  readonly signal: AbortSignal;
}

/** Gathers what the reader of a file gives, all of it. */
export async function gatherReads(reads: AsyncIterable<Read>): Promise<RowsRead>;
/** The same within bounds. @returns null when the signal ended it */
export async function gatherReads(reads: AsyncIterable<Read>, reading: Reading): Promise<RowsRead | null>;
export async function gatherReads(
  reads: AsyncIterable<Read>,
  { mostRows = Infinity, progress, signal }: Partial<Reading> = {},
): Promise<RowsRead | null> {
  const rows: ImportedRow[] = [];
  const findings: Finding[] = [];
  let origin: Origin | null = null;
  let columns: FileColumns = new Map();
  const refused = new Set<string>();
  for await (const item of reads) {
    if (signal?.aborted) return null;
    if ('finding' in item) findings.push(item.finding);
    else if ('refused' in item) for (const name of item.refused) refused.add(name);
    else if ('origin' in item) origin = item.origin;
    else if ('columns' in item) columns = item.columns;
    else if (rows.length < mostRows) rows.push(item.row);
    else return { rows, findings: [...findings, tooManyRows(mostRows)], origin, columns, refused };
    progress?.(rows.length);
  }
  return { rows, findings, origin, columns, refused };
}

const tooManyRows = (mostRows: number): Finding => ({
  rule: 'too-many-rows',
  severity: 'error',
  message: say`A file may have ${mostRows} rows (IMPORT_ROWS); reading stopped there.`,
});
