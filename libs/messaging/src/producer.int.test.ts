import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { brokers, uniqueName } from '../../../test/support/kafka.ts';
import { batchesBySize } from './batches-by-size.ts';
import { cloudEventHeaders, readCloudEvent } from './cloud-events.ts';
import { consumeBatches } from './consume-batches.ts';
import { deadLetter } from './dead-letter.ts';
import { ensureTopics } from './ensure-topics.ts';
import { createKafka } from './kafka.ts';
import { Producer } from './producer.ts';
import { silent } from './silent.fixture.ts';

const kafka = createKafka(brokers(), 'producer-test', silent);
const producer = new Producer(kafka);
beforeAll(() => producer.connect());
afterAll(() => producer.disconnect());

/** Everything that is in a topic, by reading until `count` messages were seen. */
async function read(topic: string, count: number): Promise<kafkajs.KafkaMessage[]> {
  const seen: kafkajs.KafkaMessage[] = [];
  const stop = new AbortController();
  const consumption = consumeBatches({
    kafka,
    groupId: uniqueName('reader'),
    topics: [topic],
    logger: silent,
    signal: stop.signal,
    handle: async ({ messages }) => {
      seen.push(...messages);
      if (seen.length >= count) stop.abort();
    },
  });
  await consumption.finished;
  return seen;
}

async function topicOf(name: string, partitions = 1): Promise<string> {
  const topic = uniqueName(name);
  await ensureTopics(kafka, [{ topic, partitions, replicationFactor: 1 }]);
  return topic;
}

test('more than one broker batch is sent in parts, and arrives complete and in order', async () => {
  const topic = await topicOf('large');
  const messages = Array.from({ length: 3_000 }, (_, i) => ({
    key: 'one',
    value: JSON.stringify({ i, text: 'x'.repeat(1_000) }),
    headers: cloudEventHeaders({ id: `1-${i}`, source: '/schemes/cciaa', type: 'mappa.change.v1' }),
  }));
  await expect(producer.sendBatch([{ topic, messages }])).rejects.toThrow('larger than the max message size');
  const batches = batchesBySize(messages);
  expect(batches.length).toBeGreaterThan(5);
  await Promise.all(batches.map((batch) => producer.sendBatch([{ topic, messages: batch }])));
  const events = (await read(topic, messages.length)).map(readCloudEvent);
  expect(events.map((event) => 'id' in event && event.id)).toEqual(messages.map((_, i) => `1-${i}`));
});

test('a failure is told at once, and the next send is on a new connection', async () => {
  const topic = await topicOf('after-failure');
  await expect(
    producer.sendBatch([{ topic: uniqueName('missing'), messages: [{ value: 'x' }] }]),
  ).rejects.toThrow();
  await producer.sendBatch([{ topic, messages: [{ value: 'y' }] }]);
  expect((await read(topic, 1)).map(({ value }) => value?.toString())).toEqual(['y']);
});

test('without a broker, connecting fails and does not hang', async () => {
  const nowhere = new Producer(createKafka(['127.0.0.1:1'], 'producer-test', silent));
  await expect(nowhere.connect()).rejects.toThrow('ECONNREFUSED');
  await expect(nowhere.sendBatch([{ topic: 'x', messages: [{ value: 'x' }] }])).rejects.toThrow(
    'ECONNREFUSED',
  );
});

test('a dead letter is the message as it was, with reason and origin', async () => {
  const topic = await topicOf('unreadable');
  await ensureTopics(kafka, [{ topic: `${topic}.dead-letters`, partitions: 1, replicationFactor: 1 }]);
  const headers = cloudEventHeaders({ id: '1-1', source: '/x', type: 'y' });
  await producer.sendBatch([{ topic, messages: [{ key: 'k', value: '{"broken"', headers }] }]);
  const [message] = await read(topic, 1);
  await deadLetter(producer, topic)(0, message!, 'not JSON');
  const [dead] = await read(`${topic}.dead-letters`, 1);
  expect(dead).toMatchObject({ key: message!.key, value: message!.value });
  expect(dead?.headers).toEqual({
    ...message!.headers,
    'dead-letter-reason': Buffer.from('not JSON'),
    'dead-letter-origin': Buffer.from('0:0'),
  });
});

test('overlapping sends arrive in the order of the calls, whatever their size and partitions', async () => {
  const topic = await topicOf('ordered', 3);
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const sends = Array.from({ length: 120 }, (_, send) =>
    Array.from({ length: 1 + ((send * 7) % 40) }, (__, i) => ({
      key: keys[(send + i) % ((send % keys.length) + 1)] ?? 'a',
      value: JSON.stringify({ position: send * 1_000 + i, padding: 'x'.repeat((send * 97) % 900) }),
    })),
  );
  await Promise.all(sends.map((messages) => producer.sendBatch([{ topic, messages }])));
  const arrived = await read(topic, sends.flat().length);
  const position = z.object({ position: z.int() });
  for (const key of keys) {
    const positions = arrived
      .filter((message) => message.key?.toString() === key)
      .map(({ value }) => position.parse(JSON.parse(String(value))).position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  }
});
