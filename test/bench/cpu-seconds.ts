import { readFileSync } from 'node:fs';
import { childrenOf } from './children-of.ts';

const ticksPerSecond = 100;

/** Processor time that a process used so far, its threads included; Linux only. */
export function cpuSeconds(pid: number): number {
  const fields = fieldsOf(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The same of a process and its children, those that ended included. */
export function cpuSecondsOfAll(pid: number): number {
  const [, , cutime, cstime] = fieldsOf(pid).slice(11);
  const ended = (Number(cutime) + Number(cstime)) / ticksPerSecond;
  return ended + [pid, ...childrenOf(pid)].reduce((sum, each) => sum + cpuSeconds(each), 0);
}

function fieldsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
  } catch {
    return Array.from({ length: 15 }, () => '0');
  }
}
