import { stat } from 'node:fs/promises';
import { say, type Sentence } from '#words';

/** Why a file that somebody named cannot be read. */
export function unreadable(error: unknown, file: string): Sentence {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return say`There is no file ${file}.`;
  if (code === 'EISDIR') return folder(file);
  if (error instanceof SyntaxError) return say`${file} is no JSON. Its reader says: "${error.message}"`;
  return say`${file} cannot be read. The system says: "${error instanceof Error ? error.message : String(error)}"`;
}

/** Why what somebody named is no file on a disk, which can be read again from its beginning, and ends; null when it is one. */
export async function refuseOther(path: string, file: string): Promise<Sentence | null> {
  try {
    const found = await stat(path);
    if (found.isFile()) return null;
    return found.isDirectory()
      ? folder(file)
      : say`${file} is no file on a disk, but a pipe or a device. Save what it gives as a file, and name that.`;
  } catch (error) {
    return unreadable(error, file);
  }
}

const folder = (file: string): Sentence => say`${file} is a folder, not a file.`;
