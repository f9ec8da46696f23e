import { readdirSync, readFileSync } from 'node:fs';

/** Largest resident memory that a process and its children (Postgres has many) ever had each, summed, in MB; Linux only. */
export function peakMemoryMb(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + peakKb(each), 0) / 1024;
}

function peakKb(pid: number): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
}

function childrenOf(pid: number): number[] {
  const direct = readdirSync('/proc')
    .filter(
      (name) => /^\d+$/.test(name) && new RegExp(`^PPid:\\s+${pid}$`, 'm').test(read(`/proc/${name}/status`)),
    )
    .map(Number);
  return direct.flatMap((child) => [child, ...childrenOf(child)]);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
