import { consumeOnce } from './consume-once.ts';
import type { KafkaClient, MessagingLogger } from './kafka.ts';
import { pause, pauseMs, type Pauses } from './pause.ts';
import type { KafkaMessage } from 'kafkajs';

export interface MessageBatch {
  readonly topic: string;
  readonly partition: number;
  /** At least one, in the order of the partition. */
  readonly messages: readonly KafkaMessage[];
  /** Offset that the next message written to the partition will get. */
  readonly highWatermark: number;
}

export interface Progress {
  readonly topic: string;
  readonly partition: number;
  /** Next offset to be read. */
  readonly offset: number;
  /** Messages of the partition that are not handled yet. */
  readonly lag: number;
}

export interface ConsumeOptions {
  readonly kafka: KafkaClient;
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Where a group without a position begins; true by default. */
  readonly fromBeginning?: boolean;
  /** Its batch is committed when this resolves, and given again, after a pause, when it rejects: never skipped. */
  readonly handle: (batch: MessageBatch, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly logger: MessagingLogger;
  readonly onProgress?: (progress: Progress) => void;
  /** A consumer that has not asked the broker for so long, with no handler at work, is replaced. 60 s by default. */
  readonly maxPollAgeMs?: number;
  /** Between two attempts at a batch, and between two consumers. */
  readonly pauses?: Pauses;
  /**
   * A member that was killed, or whose broker was, holds its partitions for so long (kafkajs has no static membership).
   * 6 s by default, the least that brokers allow.
   */
  readonly sessionTimeoutMs?: number;
  /** 1.5 s by default; beats on while a handler is at work. */
  readonly heartbeatMs?: number;
  /** Partitions handled side by side; 1 by default. */
  readonly concurrency?: number;
}

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
