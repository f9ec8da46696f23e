import type { Finding } from '#taxonomy';
import type { FileReader, ImportedRow } from '../imported-row.ts';

/** Everything that a reader gives for a file, for tests. */
export async function readFileRows(
  read: FileReader | undefined,
  file: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<{ rows: ImportedRow[]; findings: Finding[]; refused: Set<string> }> {
  if (!read) throw new Error('no such format');
  const rows: ImportedRow[] = [];
  const findings: Finding[] = [];
  const refused = new Set<string>();
  for await (const item of read(bytesOf(file)))
    if ('row' in item) rows.push(item.row);
    else if ('finding' in item) findings.push(item.finding);
    else if ('refused' in item) for (const name of item.refused) refused.add(name);
  return { rows, findings, refused };
}

async function* bytesOf(file: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>) {
  for await (const piece of file) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
