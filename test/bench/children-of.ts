import { readdirSync, readFileSync } from 'node:fs';

/** Processes that a process started, and those that these started; Linux only. */
export function childrenOf(pid: number): number[] {
  const direct = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && new RegExp(`^PPid:\\s+${pid}$`, 'm').test(statusOf(name)))
    .map(Number);
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

/** Empty when it has ended. */
export function statusOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}
