import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { Gauge, type Registry } from 'prom-client';
import { backoffMs, waitOrStop, type Backoff } from './backoff.ts';
import type { Logger } from './logging.ts';

export interface LoopOptions {
  readonly name: string;
  /** Runs until the signal; calls `turned` after each turn, so that a loop that hangs is seen. */
  readonly run: (signal: AbortSignal, turned: () => void) => Promise<void>;
  readonly logger: Logger;
  readonly registry: Registry;
  /** Between a throw and the next start; 200 ms to 10 s by default. */
  readonly backoff?: Backoff;
}

/**
 * One long-running function with the life of the app: started when the app is, told to stop when it stops, and started
 * again with growing pauses when it throws. Provide it by a factory; Nest calls the hooks.
 */
export class BackgroundLoop implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private lastTurnAt = performance.now();
  private failures = 0;
  private done: Promise<void> = Promise.resolve();

  constructor(private readonly options: LoopOptions) {
    exposeAge(options.registry, options.name, () => this.ageSeconds());
  }

  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  start(): void {
    this.done = this.runForever();
  }

  /** Resolves when the function has returned. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.done;
  }

  ageSeconds(): number {
    return (performance.now() - this.lastTurnAt) / 1_000;
  }

  private async runForever(): Promise<void> {
    const { name, run, logger, backoff = { firstMs: 200, longestMs: 10_000 } } = this.options;
    const { signal } = this.stopping;
    const turned = (): void => {
      this.lastTurnAt = performance.now();
      this.failures = 0;
    };
    while (!signal.aborted) {
      try {
        await run(signal, turned);
        if (!signal.aborted) throw new Error(`the loop ${name} ended by itself`);
      } catch (error) {
        if (signal.aborted) return;
        const waitMs = backoffMs(++this.failures, backoff);
        logger.error({ err: error, loop: name, waitMs }, 'a background loop failed and starts again');
        await waitOrStop(waitMs, signal);
      }
    }
  }
}

/** What a loop runs that takes a turn, rests, and takes the next. A turn may call `turned` for its parts. */
export function everySoOften(
  restMs: number,
  turn: (...told: Parameters<LoopOptions['run']>) => Promise<unknown>,
): LoopOptions['run'] {
  return async (signal, turned) => {
    while (!signal.aborted) {
      await turn(signal, turned);
      turned();
      await waitOrStop(restMs, signal);
    }
  };
}

const agesByRegistry = new WeakMap<Registry, Map<string, () => number>>();

function exposeAge(registry: Registry, loop: string, ageSeconds: () => number): void {
  const known = agesByRegistry.get(registry);
  if (known) return void known.set(loop, ageSeconds);
  const ages = new Map([[loop, ageSeconds]]);
  agesByRegistry.set(registry, ages);
  registry.registerMetric(
    new Gauge({
      name: 'loop_last_turn_age_seconds',
      help: 'Seconds since a background loop last finished a turn',
      labelNames: ['loop'] as const,
      registers: [],
      collect() {
        for (const [name, age] of ages) this.set({ loop: name }, age());
      },
    }),
  );
}
