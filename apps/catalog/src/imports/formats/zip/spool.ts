import { say } from '#words';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { limits } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

/**
 * Keeps a stream in a temporary file, because a ZIP file is read from its end.
 * @param into the folder of the file, removed with it
 * @throws UnreadableFile when it is too large
 */
export async function spool(
  bytes: AsyncIterable<Uint8Array>,
  into?: string,
): Promise<{ path: string; remove: () => Promise<void> }> {
  const folder = into ?? (await mkdtemp(join(tmpdir(), 'mappa-import-')));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file');
  try {
    await pipeline(Readable.from(upTo(limits.fileBytes, bytes)), createWriteStream(path, { mode: 0o600 }));
    return { path, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function* upTo(most: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of bytes) {
    total += chunk.length;
    if (total > most)
      throw new UnreadableFile('file-too-large', say`The file is larger than ${most / 1024 / 1024} MB.`);
    yield chunk;
  }
}
