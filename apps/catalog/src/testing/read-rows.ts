import { conceptIdFrom, type Entry, type Finding } from '#taxonomy';
import type { FileReader, ImportedRow } from '../imports/imported-row.ts';

/** Reads a whole text, in pieces of a few bytes, as a slow connection would bring it. */
export async function readRows(
  reader: FileReader,
  text: string,
  pieceBytes = 1_000,
): Promise<{ rows: ImportedRow[]; findings: Finding[] }> {
  const bytes = Buffer.from(text);
  async function* pieces(): AsyncIterable<Uint8Array> {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  const rows: ImportedRow[] = [];
  const findings: Finding[] = [];
  for await (const item of reader(pieces())) {
    if ('row' in item) rows.push(item.row);
    else if ('finding' in item) findings.push(item.finding);
  }
  return { rows, findings };
}

/** Entries of an export that was read back: every row states its concept id, its parent's and its rank. */
export function entriesOf(rows: readonly ImportedRow[]): Entry[] {
  return rows.map(({ conceptId, code, parent, rank, titles, notes, attributes }) => {
    if (!conceptId || rank === null) throw new Error('the row does not say which concept it is');
    const parentId = parent ? conceptIdFrom(parent) : null;
    return { conceptId, code, parentId, rank, titles, notes, attributes };
  });
}
