import { spawnSync } from 'node:child_process';

/** Names a program that is not installed, and the command that installs it. */
export class MissingProgram extends Error {
  override readonly name = 'MissingProgram';
}

/** Throws `MissingProgram` when the command does not run on this machine. */
export function requireProgram(command: string, args: readonly string[], install: string): void {
  const probe = spawnSync(command, args, { stdio: 'ignore' });
  if (probe.error !== undefined || probe.status !== 0) {
    throw new MissingProgram(`${command} is missing. Install it with: ${install}`);
  }
}
