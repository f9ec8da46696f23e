import { renameSync, statSync } from 'node:fs';

const maxBytes = 10 * 1024 * 1024;

/** Puts a log of more than 10 MB aside as `<file>.1`, in place of the one put aside before. */
export function rotateLog(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maxBytes) renameSync(file, `${file}.1`);
}
