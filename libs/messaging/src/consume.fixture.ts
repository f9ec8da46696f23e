import { once } from 'node:events';
import { brokers, uniqueName } from '../../../test/support/kafka.ts';
import { consumeBatches, type Consumption } from './consume-batches.ts';
import type { ConsumeOptions, MessageBatch } from './consume-options.ts';
import { ensureTopics } from './ensure-topics.ts';
import { createKafka } from './kafka.ts';
import { Producer } from './producer.ts';
import { silent } from './silent.fixture.ts';

export const kafka = createKafka(brokers(), 'consume-test', silent);
export const producer = new Producer(kafka);

export async function topicWith(count: number, partitions = 1): Promise<string> {
  const topic = uniqueName('consumed');
  await ensureTopics(kafka, [{ topic, partitions, replicationFactor: 1 }]);
  await send(topic, 0, count);
  return topic;
}

export function send(topic: string, from: number, to: number): Promise<unknown> {
  const messages = Array.from({ length: to - from }, (_, i) => ({
    key: `k${(from + i) % 7}`,
    value: `${from + i}`,
  }));
  return messages.length ? producer.sendBatch([{ topic, messages }]) : Promise.resolve();
}

type Given = Pick<ConsumeOptions, 'handle'> & Partial<ConsumeOptions> & { readonly topic: string };

export function consume({ topic, ...given }: Given): { consumption: Consumption; stop: () => Promise<void> } {
  const stop = new AbortController();
  const consumption = consumeBatches({
    kafka,
    groupId: uniqueName('group'),
    topics: [topic],
    logger: silent,
    signal: stop.signal,
    pauses: { firstMs: 5, longestMs: 20 },
    ...given,
  });
  return {
    consumption,
    stop: async () => {
      stop.abort();
      await consumption.finished;
    },
  };
}

/** Collects values of batches; `until(n)` resolves when n are there. */
export function collector() {
  const values: number[] = [];
  const arrivals = new EventTarget();
  return {
    values,
    take: ({ messages }: MessageBatch): void => {
      values.push(...messages.map(({ value }) => Number(value)));
      arrivals.dispatchEvent(new Event('arrival'));
    },
    until: async (count: number): Promise<void> => {
      while (values.length < count) await once(arrivals, 'arrival');
    },
  };
}

export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);
export const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
