import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './checkout.ts';
import { waitForLock } from './lock.mjs';
import { runCommand } from './processes/run-command.ts';

const sources = [
  'apps',
  'libs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'deploy/local/tsconfig.json',
];

/** Compiles apps and libs to dist/ unless they are as at the last successful build; true when it compiled. */
export async function build(log: string): Promise<boolean> {
  const stamp = join(checkout, 'dist/.built');
  const isBuilt = (): boolean => existsSync(stamp) && readFileSync(stamp, 'utf8') === state();
  if (isBuilt()) return false;
  const lock = await waitForLock(join(checkout, '.mappa/build.lock'));
  try {
    if (isBuilt()) return false;
    const before = state();
    rmSync(stamp, { force: true });
    const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
    await runCommand(process.execPath, [tsc, '-p', 'deploy/local/tsconfig.json'], { cwd: checkout, log });
    writeFileSync(stamp, before);
    return true;
  } finally {
    lock.release();
  }
}

/** Changes when a source file changes: path, size and time of each. */
function state(): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap(files).sort()) {
    const { size, mtimeMs } = statSync(join(checkout, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function files(path: string): string[] {
  if (!statSync(join(checkout, path)).isDirectory()) return [path];
  return readdirSync(join(checkout, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(checkout.length + 1));
}
