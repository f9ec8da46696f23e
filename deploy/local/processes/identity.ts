import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells a process from a later one with the same pid: boot and start time.
 * Undefined when no such process runs (a zombie does not run).
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** True while the very process that had this identity runs. */
export function isRunning(pid: number, identity: string): boolean {
  return processIdentity(pid) === identity;
}

/** The parent of a process, or undefined when the process is gone. */
export function parentOf(pid: number): number | undefined {
  if (process.platform !== 'linux') return Number(ps(pid, 'ppid=')) || undefined;
  const parent = statFields(pid)?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function fromProc(pid: number): string | undefined {
  const fields = statFields(pid);
  if (fields === undefined || fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${bootId()}:${fields[19]}`;
}

/** Fields of /proc/PID/stat from the third on (state, ppid, …), as proc(5) numbers them. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return 'boot';
  }
}

function fromPs(pid: number): string | undefined {
  const state = ps(pid, 'stat=');
  return state === '' || state.startsWith('Z') ? undefined : ps(pid, 'lstart=') || undefined;
}

function ps(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}
