import { childrenOf, statusOf } from './children-of.ts';

/** Largest resident memory that a process and its children (Postgres has many) ever had each, summed, in MB; Linux only. */
export function peakMemoryMb(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + peakKb(each), 0) / 1024;
}

function peakKb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(statusOf(pid))?.[1] ?? 0);
}
