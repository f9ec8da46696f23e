import { createReadStream } from 'node:fs';
import type { Edition } from '#contracts';
import { findFormat, refuseFile } from '../formats/index.ts';
import { headLength } from '../formats/refuse-file.ts';
import { gatherReads, type RowsRead } from './gather-reads.ts';

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
  const reads = reader.open(edition, options)(createReadStream(path));
  return gatherReads(reads, { mostRows, progress, signal });
}

async function headOf(path: string): Promise<Uint8Array> {
  for await (const piece of createReadStream(path, { end: headLength - 1 }))
    return piece instanceof Uint8Array ? piece : new Uint8Array();
  return new Uint8Array();
}
