import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createGuard, type Guard } from '../../deploy/local/processes/guard.ts';
import { lastLines } from '../../deploy/local/processes/run-command.ts';
import { hasEnded, type Started } from '../../deploy/local/processes/started.ts';
import { stopProcess } from '../../deploy/local/processes/stop-process.ts';

/** What ends by itself is started again after so long. */
const restartMs = 500;

interface Kept {
  readonly start: () => Promise<Started>;
  readonly order: number;
  current: Started | undefined;
  downMs: number;
}

/** Processes that are killed, and started again on their data and ports. */
export class KeepAlive {
  private readonly kept = new Map<string, Kept>();
  private readonly stopping = new AbortController();
  private readonly guard: Guard = createGuard();
  private readonly watched: Promise<void>[] = [];

  /** Starts it and returns when it answers. @param order what has a higher one is stopped earlier */
  async start(name: string, order: number, start: () => Promise<Started>): Promise<void> {
    const kept: Kept = { start, order, current: undefined, downMs: restartMs };
    this.kept.set(name, kept);
    const started = await this.launch(name, kept);
    if (!(await started.ready())) throw new Error(`${name} did not start:\n${lastLines(started.log)}`);
    this.watched.push(this.watch(name, kept));
  }

  /** SIGKILL; it is started again after `downMs`. */
  kill(name: string, downMs: number): void {
    const kept = this.kept.get(name);
    const child = kept?.current?.child;
    if (!kept || !child || hasEnded(child)) return;
    kept.downMs = downMs;
    child.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.watched);
    for (const order of [...new Set(this.guard.list().map((guarded) => guarded.order))].sort((a, b) => b - a))
      await Promise.all(
        this.guard
          .list()
          .filter((guarded) => guarded.order === order)
          .map(stopProcess),
      );
    this.guard.close();
  }

  private async watch(name: string, kept: Kept): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const child = kept.current?.child;
      if (child && !hasEnded(child)) await once(child, 'exit', { signal }).catch(() => undefined);
      if (signal.aborted) return;
      await wait(kept.downMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      kept.downMs = restartMs;
      await this.launch(name, kept);
    }
  }

  private async launch(name: string, kept: Kept): Promise<Started> {
    const started = await kept.start();
    kept.current = started;
    if (hasEnded(started.child)) return started;
    const guarded = this.guard.add(name, started.child.pid, { ...started.stopBy, order: kept.order });
    started.child.once('exit', () => this.guard.remove(guarded));
    return started;
  }
}
