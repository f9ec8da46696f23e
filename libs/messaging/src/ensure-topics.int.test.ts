import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokers, uniqueName } from '../../../test/support/kafka.ts';
import { ensureTopics, TopicMismatch } from './ensure-topics.ts';
import { createKafka } from './kafka.ts';
import { silent } from './silent.fixture.ts';

const { ConfigResourceTypes } = kafkajs;
const kafka = createKafka(brokers(), 'ensure-topics-test', silent);
const admin = kafka.admin();
beforeAll(() => admin.connect());
afterAll(() => admin.disconnect());

test('topics are made with their partitions and configuration, once, also by several at once', async () => {
  const names = [uniqueName('changes'), uniqueName('concepts')];
  const specs = [
    { topic: names[0]!, partitions: 3, replicationFactor: 1, config: { 'retention.ms': '-1' } },
    { topic: names[1]!, partitions: 1, replicationFactor: 1, config: { 'cleanup.policy': 'compact' } },
  ];
  await Promise.all([1, 2, 3].map(() => ensureTopics(kafka, specs)));
  await ensureTopics(kafka, specs);
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  expect(topics.map(({ partitions }) => partitions.length).toSorted((a, b) => a - b)).toEqual([1, 3]);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: names[1]!, configNames: ['cleanup.policy'] }],
  });
  expect(resources[0]?.configEntries[0]?.configValue).toBe('compact');
});

test('another number of partitions is for a person to decide', async () => {
  const topic = uniqueName('fixed');
  await ensureTopics(kafka, [{ topic, partitions: 2, replicationFactor: 1 }]);
  await expect(ensureTopics(kafka, [{ topic, partitions: 4, replicationFactor: 1 }])).rejects.toThrow(
    TopicMismatch,
  );
});

test('without a broker it goes on trying until the time is over, or it is told to stop', async () => {
  const nowhere = createKafka(['127.0.0.1:1'], 'ensure-topics-test', silent);
  const specs = [{ topic: 'x', partitions: 1, replicationFactor: 1 }];
  await expect(ensureTopics(nowhere, specs, { timeoutMs: 300 })).rejects.toThrow('ECONNREFUSED');
  const stop = new AbortController();
  const waiting = ensureTopics(nowhere, specs, { signal: stop.signal });
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
});
