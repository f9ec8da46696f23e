import kafkajs, { type Admin } from 'kafkajs';
import type { KafkaClient } from './kafka.ts';
import { pause, pauseMs } from './pause.ts';

const { KafkaJSError } = kafkajs;

export interface TopicSpec {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Entries of the broker's topic configuration, `{ 'cleanup.policy': 'compact' }`; used when the topic is made. */
  readonly config?: Readonly<Record<string, string>>;
}

/** A topic exists with another number of partitions: keys would go elsewhere, so a person must decide. */
export class TopicMismatch extends Error {}

/**
 * Makes the topics that are missing and waits until all have leaders; tries again while the broker is away or loading.
 * @throws TopicMismatch; the last error of the broker after `timeoutMs`
 */
export async function ensureTopics(
  kafka: KafkaClient,
  specs: readonly TopicSpec[],
  {
    timeoutMs = 60_000,
    signal = new AbortController().signal,
  }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (let failures = 1; ; failures++) {
    const admin = kafka.admin({ retry: { retries: 0 } });
    try {
      await admin.connect();
      await createMissing(admin, specs);
      await checkPartitions(admin, specs);
      return;
    } catch (error) {
      if (!(error instanceof KafkaJSError) || performance.now() > deadline) throw error;
      await pause(pauseMs(failures, { firstMs: 100, longestMs: 1_000 }), signal);
      signal.throwIfAborted();
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

async function createMissing(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = specs.filter(({ topic }) => !existing.has(topic));
  if (!missing.length) return;
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map(({ topic, partitions, replicationFactor, config = {} }) => ({
      topic,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
    })),
  });
}

async function checkPartitions(admin: Admin, specs: readonly TopicSpec[]): Promise<void> {
  const { topics } = await admin.fetchTopicMetadata({ topics: specs.map(({ topic }) => topic) });
  for (const { topic, partitions } of specs) {
    const found = topics.find(({ name }) => name === topic)?.partitions ?? [];
    if (found.length !== partitions) {
      throw new TopicMismatch(
        `The topic ${topic} has ${found.length} partitions, and should have ${partitions}`,
      );
    }
    if (found.some(({ leader }) => leader < 0))
      throw new KafkaJSError(`The topic ${topic} has no leader yet`);
  }
}
