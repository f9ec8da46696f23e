import type { ChildProcess } from 'node:child_process';

/** A process that was started and may not answer yet. */
export interface Started {
  readonly name: string;
  readonly child: ChildProcess & { readonly pid: number };
  readonly log: string;
  readonly stopBy: {
    readonly signal: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL';
    readonly graceMs: number;
  };
  /** Resolves to true when it answers, to false when it ended before or did not answer in time. */
  readonly ready: () => Promise<boolean>;
}

export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
