import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForLock } from './lock.mjs';

/** Where prepared software (Kafka, test servers) is kept: MAPPA_CACHE, else `.mappa/cache` of the checkout. */
export function cacheDirectory(): string {
  return process.env['MAPPA_CACHE'] ?? fileURLToPath(new URL('../../.mappa/cache', import.meta.url));
}

/** True when `prepareOnce` has nothing left to do for this name. */
export function isPrepared(name: string): boolean {
  return existsSync(join(cacheDirectory(), name, '.ready'));
}

/**
 * Fills `<cache>/<name>` once, whoever asks first, and returns its path. A preparation that failed or was killed
 * is begun anew; `name` carries the version, so that another version is another folder.
 */
export async function prepareOnce(
  name: string,
  prepare: (directory: string) => Promise<void>,
): Promise<string> {
  const directory = join(cacheDirectory(), name);
  if (isPrepared(name)) return directory;
  const lock = await waitForLock(`${directory}.lock`);
  try {
    if (!isPrepared(name)) {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
      await prepare(directory);
      writeFileSync(join(directory, '.ready'), '');
    }
  } finally {
    lock.release();
  }
  return directory;
}
