import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

export interface StartOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly log: string;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Starts a long-running process in a session of its own (a Ctrl-C of the terminal does not reach it: its starter
 * stops it in order), with its output in a file, so that it never blocks or dies on a lost pipe.
 */
export async function startLogged(options: StartOptions): Promise<ChildProcess & { pid: number }> {
  const { command, args, log, ...rest } = options;
  mkdirSync(dirname(log), { recursive: true });
  const out = openSync(log, 'a', 0o600);
  const child = spawn(command, args, { ...rest, detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return withPid(child);
}

function withPid(child: ChildProcess): ChildProcess & { pid: number } {
  const { pid } = child;
  if (pid === undefined) throw new Error('a started process has no pid');
  return Object.assign(child, { pid });
}
