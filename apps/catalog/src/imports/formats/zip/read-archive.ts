import type { TableRead } from '../table/table.ts';
import { openArchive, type Archive } from './archive.ts';
import { refuseArchive, type OfficeKind } from './refuse-archive.ts';
import { spool } from './spool.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Reads tables out of an Office file; whatever makes it unreadable ends it with a finding, and leaves nothing behind. */
export async function* readArchive(
  bytes: AsyncIterable<Uint8Array>,
  kind: OfficeKind,
  read: (archive: Archive) => AsyncIterable<TableRead[]>,
): AsyncGenerator<TableRead[]> {
  try {
    const file = await spool(bytes);
    try {
      const { archive, close } = await openArchive(file.path);
      try {
        refuseArchive(archive.names, kind);
        yield* read(archive);
      } finally {
        close();
      }
    } finally {
      await file.remove();
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield [{ finding: error.finding }];
  }
}
