import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { identityOf } from './stop-process.ts';
import type { Guarded } from './guarded.ts';

/** Keeps the processes of this one from outliving it, even when it is killed. */
export interface Guard {
  /** Takes a started process under guard. */
  add(name: string, pid: number, how: Pick<Guarded, 'signal' | 'graceMs' | 'order'>): Guarded;
  remove(guarded: Guarded): void;
  list(): readonly Guarded[];
  /** Lets the watchdog go; call it when everything has stopped. */
  close(): void;
}

/**
 * A guard is a separate process (watchdog-main.ts) that holds the other end of a pipe, in a session of its own.
 * The list is also kept in `file`, for the case that the watchdog is killed together with its starter.
 */
export function createGuard(file?: string): Guard {
  let list: Guarded[] = [];
  let closed = false;
  let watchdog: ChildProcess | undefined;

  const tell = (): void => {
    if (file !== undefined) writeFileSync(file, JSON.stringify(list), { mode: 0o600 });
    watchdog ??= start();
    watchdog.stdin?.write(`${JSON.stringify(list)}\n`);
  };
  const start = (): ChildProcess => {
    const main = fileURLToPath(new URL('watchdog-main.ts', import.meta.url));
    const child = spawn(process.execPath, [main], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => {});
    child.on('error', () => {});
    child.once('exit', () => {
      watchdog = undefined;
      if (!closed && list.length > 0) tell();
    });
    child.unref();
    return child;
  };

  return {
    add(name, pid, how) {
      const guarded: Guarded = { name, pid, identity: identityOf(pid), ...how };
      list = [...list, guarded];
      tell();
      return guarded;
    },
    remove(guarded) {
      list = list.filter((one) => one.pid !== guarded.pid);
      if (!closed) tell();
    },
    list: () => list,
    close() {
      closed = true;
      watchdog?.stdin?.end('[]\n');
      if (file !== undefined) rmSync(file, { force: true });
    },
  };
}
