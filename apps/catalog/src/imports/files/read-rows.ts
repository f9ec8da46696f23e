import { createReadStream } from 'node:fs';
import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { findFormat, refuseFile } from '../formats/index.ts';
import { headLength } from '../formats/refuse-file.ts';
import type { ImportedRow } from '../imported-row.ts';

/** What a file holds, and everything that its reader noticed. */
export interface RowsRead {
  readonly rows: ImportedRow[];
  readonly findings: Finding[];
}

/**
 * Reads a file.
 * @param progress told how many rows there are so far
 * @returns null when the signal ended it
 */
export async function readRows(
  path: string,
  { edition, format, options }: { edition: Edition; format: string; options: unknown },
  progress: (rowsRead: number) => void,
  signal: AbortSignal,
): Promise<RowsRead | null> {
  const foreign = refuseFile(await headOf(path));
  if (foreign) return { rows: [], findings: [foreign] };
  const reader = findFormat(format);
  if (!reader) throw new Error(`an import of the unknown format ${format}`);
  const rows: ImportedRow[] = [];
  const findings: Finding[] = [];
  for await (const item of reader.open(edition, options)(createReadStream(path))) {
    if (signal.aborted) return null;
    if ('finding' in item) findings.push(item.finding);
    else rows.push(item.row);
    progress(rows.length);
  }
  return { rows, findings };
}

async function headOf(path: string): Promise<Uint8Array> {
  for await (const piece of createReadStream(path, { end: headLength - 1 }))
    return piece instanceof Uint8Array ? piece : new Uint8Array();
  return new Uint8Array();
}
