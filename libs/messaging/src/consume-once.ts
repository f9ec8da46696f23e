import kafkajs, { type Consumer } from 'kafkajs';
import type { ConsumeOptions, Progress } from './consume-options.ts';
import { handleBatch } from './handle-batch.ts';
import type { Pauses } from './pause.ts';

const { PartitionAssigners } = kafkajs;

export interface Watched {
  readonly onPoll: () => void;
  readonly onJoined: () => void;
  readonly onProgress: (progress: Progress) => void;
  readonly lastPollAt: () => number;
}

/** One kafkajs consumer from its birth to its end. @returns why it ended; undefined after the signal. Never rejects. */
export async function consumeOnce(
  options: ConsumeOptions & { pauses: Pauses },
  watched: Watched,
): Promise<unknown> {
  const {
    kafka,
    groupId,
    topics,
    fromBeginning = true,
    signal,
    concurrency = 1,
    maxPollAgeMs = 60_000,
  } = options;
  const { heartbeatMs = 1_500, sessionTimeoutMs = 6_000 } = options;
  const consumer = kafka.consumer({
    groupId,
    partitionAssigners: [PartitionAssigners.roundRobin],
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: heartbeatMs,
    allowAutoTopicCreation: false,
    maxWaitTimeInMs: 500,
    retry: { retries: 3, initialRetryTime: 200, maxRetryTime: 1_000, restartOnFailure: async () => false },
  });
  const stopped = new AbortController();
  const ending = AbortSignal.any([signal, stopped.signal]);
  const { promise: ended, resolve: end } = Promise.withResolvers<unknown>();
  const stop = (): void => end(undefined);
  signal.addEventListener('abort', stop, { once: true });
  watch(consumer, watched, end);
  const watchdog = setInterval(() => {
    const silentMs = performance.now() - watched.lastPollAt();
    if (silentMs > maxPollAgeMs) end(new Error(`the consumer was silent for ${Math.round(silentMs)} ms`));
  }, maxPollAgeMs / 4);
  try {
    await Promise.race([ended, start(consumer)]);
    return await ended;
  } catch (error) {
    return error;
  } finally {
    clearInterval(watchdog);
    signal.removeEventListener('abort', stop);
    stopped.abort();
    await leave(consumer);
  }

  async function start(starting: Consumer): Promise<void> {
    await starting.connect();
    await starting.subscribe({ topics: [...topics], fromBeginning });
    await starting.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: concurrency,
      eachBatch: (payload) => handleBatch(payload, { ...options, heartbeatMs, signal: ending }, watched),
    });
  }
}

function watch(consumer: Consumer, { onPoll, onJoined }: Watched, end: (reason: unknown) => void): void {
  consumer.on(consumer.events.FETCH, onPoll);
  consumer.on(consumer.events.GROUP_JOIN, onJoined);
  consumer.on(consumer.events.CRASH, ({ payload }) => end(payload.error));
}

const longestLeaveMs = 5_000;

/** A consumer that hangs while it leaves is left behind: its session ends by itself. */
async function leave(consumer: Consumer): Promise<void> {
  const { promise: tooLong, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, longestLeaveMs);
  await Promise.race([consumer.disconnect().catch(() => undefined), tooLong]);
  clearTimeout(timer);
}
