import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runCommand } from '../processes/run-command.ts';
import { accountFor } from './account.ts';
import { postgresBinaries } from './binaries.ts';

/**
 * Makes an empty database cluster in `directory` unless one is there. It is made beside and renamed, so that a killed
 * initdb leaves nothing that looks like a cluster. The administrator is `postgres`, with this password.
 */
export async function initPostgres(directory: string, password: string, log: string): Promise<void> {
  if (existsSync(join(directory, 'PG_VERSION'))) return;
  const account = accountFor(directory);
  const fresh = `${directory}.new`;
  const passwordFile = `${directory}.pw`;
  for (const path of [fresh, passwordFile]) rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(directory), { recursive: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    for (const path of [fresh, passwordFile]) chownSync(path, account.uid, account.gid);
  }
  const { command, args } = account.wrap(postgresBinaries().initdb, [
    '-D',
    fresh,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
  ]);
  try {
    await runCommand(command, args, { cwd: '/', log });
    rmSync(directory, { recursive: true, force: true });
    renameSync(fresh, directory);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}
