import { createReadStream, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Sentence } from '#words';
import { spool } from '../../../apps/catalog/src/imports/formats/zip/spool.ts';
import { UnreadableFile } from '../../../apps/catalog/src/imports/formats/zip/unreadable-file.ts';
import { temporaryDirectory } from '../state/temporary-directory.ts';
import { unreadable } from './unreadable.ts';

/** A file that can be read again from its beginning. */
export interface Kept {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/**
 * What a path names: itself, or a copy of what comes through a pipe that the shell opened (`<(…)`, `/dev/stdin`), which has
 * a writer and ends with it. @returns or why it cannot be read, or is too much
 */
export async function keptFrom(path: string): Promise<Kept | Sentence> {
  const descriptor = await shellPipe(path);
  if (descriptor === null) return { path, remove: async () => {} };
  try {
    return await spool(createReadStream('', { fd: descriptor }), folderUntilStopped());
  } catch (error) {
    return error instanceof UnreadableFile ? error.finding.message : unreadable(error, path);
  }
}

/** Its descriptor; null where the path names anything else, a pipe with a name of its own too, at which nobody may ever write. */
async function shellPipe(path: string): Promise<number | null> {
  const [isOpen, number = '0'] = /^\/dev\/(?:fd\/(\d{1,6})|stdin)$/.exec(path) ?? [];
  const found = isOpen === undefined ? null : await stat(path).catch(() => null);
  return found?.isFIFO() || found?.isSocket() ? Number(number) : null;
}

/** A folder that nobody finds any more, however the command ends. One that is killed outright leaves it to the next. */
function folderUntilStopped(): string {
  let folder: string | null = null;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      if (folder !== null) rmSync(folder, { recursive: true, force: true });
      process.kill(process.pid, signal);
    });
  folder = temporaryDirectory('pipe');
  return folder;
}
