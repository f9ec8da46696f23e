import { gatherReads, type RowsRead } from '../files/gather-reads.ts';
import type { FileReader } from '../imported-row.ts';

/** Everything that a reader gives for a file, for tests. */
export async function readFileRows(
  read: FileReader | undefined,
  file: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<RowsRead> {
  if (!read) throw new Error('no such format');
  return gatherReads(read(bytesOf(file)));
}

async function* bytesOf(file: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>) {
  for await (const piece of file) yield typeof piece === 'string' ? Buffer.from(piece) : piece;
}
