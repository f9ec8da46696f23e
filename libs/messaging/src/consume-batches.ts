import type { ConsumeOptions, Progress } from './consume-options.ts';
import { consumeOnce } from './consume-once.ts';
import { pause, pauseMs } from './pause.ts';

export interface Consumption {
  /** Resolves when the consumer has left its group, after the signal. Never rejects. */
  readonly finished: Promise<void>;
  /** Resolves when the group is joined for the first time. */
  readonly joined: Promise<void>;
  /** When the broker was last asked, or a handler was last at work; `performance.now()`. */
  readonly lastPollAt: () => number;
  /** Latest progress of every partition that was read. */
  readonly progress: () => readonly Progress[];
}

/**
 * Reads topics as a member of a group, batch by batch, until the signal. At least once: the position is committed after
 * the handler. The kafkajs consumer is replaced whenever it crashes or falls silent, because it does not always come
 * back by itself (kafkajs issues 1445, 1720).
 */
export function consumeBatches(options: ConsumeOptions): Consumption {
  const { signal, logger, groupId, pauses = { firstMs: 100, longestMs: 5_000 } } = options;
  const latest = new Map<string, Progress>();
  const { promise: joined, resolve: onJoined } = Promise.withResolvers<void>();
  let lastPollAt = performance.now();
  let failures = 0;
  const watched = {
    onPoll: () => void (lastPollAt = performance.now()),
    onJoined,
    onProgress: (progress: Progress) => {
      failures = 0;
      latest.set(`${progress.topic}/${progress.partition}`, progress);
      options.onProgress?.(progress);
    },
    lastPollAt: () => lastPollAt,
  };
  const keepConsuming = async (): Promise<void> => {
    while (!signal.aborted) {
      lastPollAt = performance.now();
      const reason = await consumeOnce({ ...options, pauses }, watched);
      if (signal.aborted) return;
      const waitMs = pauseMs(++failures, pauses);
      logger.warn({ err: reason, groupId, waitMs }, 'the consumer ended; making a new one');
      await pause(waitMs, signal);
    }
  };
  return {
    finished: keepConsuming(),
    joined,
    lastPollAt: () => lastPollAt,
    progress: () => [...latest.values()],
  };
}
