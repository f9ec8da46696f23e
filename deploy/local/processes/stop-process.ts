import { setTimeout as delay } from 'node:timers/promises';
import { isRunning, processIdentity } from './identity.ts';

/** A process to stop: the signal that it understands and how long it may take before it is killed. */
export interface Stoppable {
  readonly pid: number;
  readonly identity: string;
  readonly signal: NodeJS.Signals;
  readonly graceMs: number;
}

/** Asks a process to stop, kills its group when it has not after `graceMs`, and returns when it is gone. */
export async function stopProcess(target: Stoppable): Promise<void> {
  if (!isRunning(target.pid, target.identity)) return;
  send(target.pid, target.signal);
  if (await isGone(target, target.graceMs)) return;
  killGroup(target.pid);
  await isGone(target, 2000);
}

/** Kills a process and the group it leads, at once. */
export function killGroup(pid: number): void {
  send(-pid, 'SIGKILL');
  send(pid, 'SIGKILL');
}

/** The identity of a process that was just started; throws when it ended at once. */
export function identityOf(pid: number): string {
  const identity = processIdentity(pid);
  if (identity === undefined) throw new Error(`process ${pid} ended at once`);
  return identity;
}

async function isGone(target: Stoppable, withinMs: number): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; await delay(25)) {
    if (!isRunning(target.pid, target.identity)) return true;
  }
  return !isRunning(target.pid, target.identity);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone already.
  }
}
