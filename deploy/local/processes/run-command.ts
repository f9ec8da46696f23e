import { spawn } from 'node:child_process';
import { openSync, closeSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { track } from './short-lived.ts';

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** File that gets its output. */
  readonly log: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly signal?: AbortSignal;
}

/** Runs a command to its end. Throws with its last lines when it cannot start or ends with another code than 0. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<void> {
  const { log, ...rest } = options;
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a', 0o600);
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      const child = track(spawn(command, args, { ...rest, stdio: ['ignore', out, out] }));
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (code !== 0) throw new Error(`${command} ended with ${code ?? 'a signal'}:\n${lastLines(log)}`);
  } finally {
    closeSync(out);
  }
}

/** The last lines of a log file, for a message to people. */
export function lastLines(file: string, count = 15): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
