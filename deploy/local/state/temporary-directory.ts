import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from '../processes/identity.ts';

/**
 * A new folder for this process, `mappa-<kind>-<pid>-…`. Folders of the kind whose process was killed before it
 * could remove them are removed.
 */
export function temporaryDirectory(kind: string): string {
  const prefix = `mappa-${kind}-`;
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split('-')[0]) : NaN;
    if (pid > 0 && processIdentity(pid) === undefined) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}
