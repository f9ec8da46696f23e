import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Remembers a command that will end by itself, so that it can be ended early with everything else. */
export function track<T extends ChildProcess>(child: T): T {
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends all commands that still run. */
export function endCommands(): void {
  for (const child of running) child.kill('SIGTERM');
}
