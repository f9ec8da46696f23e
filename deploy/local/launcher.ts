import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HeldLock } from './lock.mjs';
import { createGuard } from './processes/guard.ts';
import type { Guard } from './processes/guard.ts';
import { stopOrder } from './processes/guarded.ts';
import { endCommands } from './processes/short-lived.ts';
import { killGroup, stopProcess } from './processes/stop-process.ts';
import { runFilePath } from './state/run-file.ts';

/** Everything that one `npm start` holds, and how it is let go. */
export interface Launcher {
  readonly home: string;
  readonly guard: Guard;
  readonly stopping: AbortSignal;
  logOf(name: string): string;
  /** Marks work that may be starting a process: stopping waits for its end, so that none slips through. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Stops everything in order: connector first, Postgres last. */
  stop(): Promise<void>;
  /** Kills everything at once. */
  force(): void;
}

export function createLauncher(home: string, lock: HeldLock): Launcher {
  const guard = createGuard(processesFile(home));
  const stopping = new AbortController();
  const pending = new Set<Promise<unknown>>();
  const letGo = (): void => {
    guard.close();
    rmSync(runFilePath(home), { force: true });
    lock.release();
  };
  const stopGuarded = async (): Promise<void> => {
    for (const group of stopOrder(guard.list())) await Promise.all(group.map(stopProcess));
  };
  return {
    home,
    guard,
    stopping: stopping.signal,
    logOf: (name) => join(home, 'logs', `${name}.log`),
    during(work) {
      pending.add(work);
      const ended = (): void => void pending.delete(work);
      work.then(ended, ended);
      return work;
    },
    async stop() {
      stopping.abort();
      endCommands();
      await stopGuarded();
      await Promise.race([Promise.allSettled(pending), delay(5000)]);
      await stopGuarded();
      letGo();
    },
    force() {
      endCommands();
      for (const { pid } of guard.list()) killGroup(pid);
      letGo();
    },
  };
}

/** Where the list of started processes is kept, for the start after a crash of everything. */
export function processesFile(home: string): string {
  return join(home, 'processes.json');
}
