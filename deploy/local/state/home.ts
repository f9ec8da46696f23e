import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkout } from '../checkout.ts';

/** Folder of everything that a running Mappa keeps: MAPPA_HOME, else `.mappa` of the checkout. */
export function homeDirectory(env: NodeJS.ProcessEnv): string {
  return resolve(env['MAPPA_HOME'] ?? join(checkout, '.mappa'));
}

/** Removes what a start made, but for what is prepared once (the cache), the lock and the logs. */
export function removeData(home: string): void {
  for (const name of [
    'postgres',
    'postgres.new',
    'kafka',
    'sandbox',
    'secrets.json',
    'ports.json',
    'run.json',
  ]) {
    rmSync(join(home, name), { recursive: true, force: true });
  }
}
