import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Launcher } from '../launcher.ts';
import { lastLines } from '../processes/run-command.ts';
import { hasEnded } from '../processes/started.ts';
import type { Started } from '../processes/started.ts';
import { stopProcess } from '../processes/stop-process.ts';
import { restartDelay, stableAfterMs } from './restart-delay.ts';

/** Something that did not start; `lines` are the last of its log. */
export class DidNotStart extends Error {
  override readonly name = 'DidNotStart';
  readonly service: string;
  readonly log: string;
  readonly lines: string;

  constructor(service: string, log: string) {
    super(`${service} did not start`);
    this.service = service;
    this.log = log;
    this.lines = lastLines(log);
  }
}

export interface Keeper {
  /** Its `stopping` is aborted when everything is to stop: nothing is started again after that. */
  readonly launcher: Pick<Launcher, 'guard' | 'stopping' | 'during'>;
  readonly onEnd: (name: string, how: string, waitSeconds: number) => void;
  readonly onAgain: (name: string) => void;
  readonly onFailedStart: (failure: DidNotStart) => void;
}

/**
 * Starts something and returns when it answers; from then on starts it again, on the same ports, whenever it ends
 * by itself. `order`: a higher one is stopped earlier. Throws `DidNotStart` when the first start fails.
 */
export async function keepRunning(
  start: () => Promise<Started>,
  order: number,
  keeper: Keeper,
): Promise<void> {
  const first = await keeper.launcher.during(startGuarded(start, order, keeper));
  if (!(await first.ready())) throw new DidNotStart(first.name, first.log);
  void watch(first, start, order, keeper);
}

async function watch(
  first: Started,
  start: () => Promise<Started>,
  order: number,
  keeper: Keeper,
): Promise<void> {
  let current: Started | undefined = first;
  for (let attempt = 1; ; attempt++) {
    const since = Date.now();
    const how = current === undefined ? 'no start' : await end(current);
    if (keeper.launcher.stopping.aborted) return;
    if (Date.now() - since > stableAfterMs) attempt = 1;
    const seconds = restartDelay(attempt);
    keeper.onEnd(first.name, how, seconds);
    await delay(seconds * 1000, undefined, { signal: keeper.launcher.stopping }).catch(() => {});
    if (keeper.launcher.stopping.aborted) return;
    current = await startAgain(start, order, keeper, first);
  }
}

async function startAgain(
  start: () => Promise<Started>,
  order: number,
  keeper: Keeper,
  { name, log }: Started,
): Promise<Started | undefined> {
  try {
    const started = await keeper.launcher.during(startGuarded(start, order, keeper));
    if (await started.ready()) keeper.onAgain(name);
    else if (hasEnded(started.child) && !keeper.launcher.stopping.aborted)
      keeper.onFailedStart(new DidNotStart(name, log));
    return started;
  } catch {
    keeper.onFailedStart(new DidNotStart(name, log));
    return undefined;
  }
}

/** A process enters the guard as soon as it exists and leaves it when it has ended. */
async function startGuarded(start: () => Promise<Started>, order: number, keeper: Keeper): Promise<Started> {
  keeper.launcher.stopping.throwIfAborted();
  const started = await start();
  const guarded = keeper.launcher.guard.add(started.name, started.child.pid, { ...started.stopBy, order });
  started.child.once('exit', () => keeper.launcher.guard.remove(guarded));
  if (hasEnded(started.child)) keeper.launcher.guard.remove(guarded);
  if (keeper.launcher.stopping.aborted) await stopProcess(guarded);
  keeper.launcher.stopping.throwIfAborted();
  return started;
}

async function end({ child }: Started): Promise<string> {
  if (!hasEnded(child)) await once(child, 'exit');
  return child.signalCode ?? `exit ${child.exitCode}`;
}
