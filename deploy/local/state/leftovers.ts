import { readFileSync, rmSync } from 'node:fs';
import { isRunning } from '../processes/identity.ts';
import { parseGuarded, stopOrder } from '../processes/guarded.ts';
import type { Guarded } from '../processes/guarded.ts';
import { stopProcess } from '../processes/stop-process.ts';

/** Stops, in order, what a killed launcher and its killed watchdog left running; answers the names. */
export async function stopLeftovers(file: string): Promise<string[]> {
  const running = listed(file).filter(({ pid, identity }) => isRunning(pid, identity));
  for (const group of stopOrder(running)) await Promise.all(group.map(stopProcess));
  rmSync(file, { force: true });
  return running.map(({ name }) => name);
}

function listed(file: string): Guarded[] {
  try {
    return parseGuarded(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
