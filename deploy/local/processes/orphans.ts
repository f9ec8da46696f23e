import { readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { processIdentity } from './identity.ts';
import { stopProcess } from './stop-process.ts';

/**
 * Processes whose working directory is this one: what a killed starter left running on a data directory
 * (Postgres goes to its data directory by itself, Kafka is started in it). Empty on systems without /proc.
 */
export function processesIn(directory: string): number[] {
  if (process.platform !== 'linux') return [];
  const real = realpathSync(directory);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === real)
    .map(Number);
}

/** Stops every process that works in this directory, so that its data can be opened again. */
export async function stopOrphansIn(directory: string, signal: NodeJS.Signals): Promise<void> {
  const stopAll = processesIn(directory).map((pid) =>
    stopProcess({ pid, identity: processIdentity(pid) ?? '', signal, graceMs: 10_000 }),
  );
  await Promise.all(stopAll);
}

function workingDirectory(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
