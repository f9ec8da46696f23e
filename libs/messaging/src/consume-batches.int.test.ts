import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { uniqueName } from '../../../test/support/kafka.ts';
import { collector, consume, kafka, numbers, producer, send, sorted, topicWith } from './consume.fixture.ts';
import { exposeConsumption } from './consumer-metrics.ts';
import { ensureTopics } from './ensure-topics.ts';
import { silent } from './silent.fixture.ts';

beforeAll(() => producer.connect());
afterAll(() => producer.disconnect());

test('a new group reads from the beginning, and goes on where it committed', async () => {
  const topic = await topicWith(500, 3);
  const groupId = uniqueName('group');
  const first = collector();
  const reader = consume({ topic, groupId, handle: async (batch) => first.take(batch) });
  await first.until(500);
  await reader.stop();
  expect(sorted(first.values)).toEqual(numbers(0, 500));
  await send(topic, 500, 520);
  const second = collector();
  const next = consume({ topic, groupId, handle: async (batch) => second.take(batch) });
  await second.until(20);
  await next.stop();
  expect(sorted(second.values)).toEqual(numbers(500, 520));
});

test('a handler that fails gets the same batch again, and nothing is skipped', async () => {
  const topic = await topicWith(50);
  const { values, take, until } = collector();
  const offered: (string | undefined)[] = [];
  const reader = consume({
    topic,
    handle: async (batch) => {
      offered.push(batch.messages[0]?.offset);
      if (offered.length < 3) throw new Error('the database is away');
      take(batch);
    },
  });
  await until(50);
  await reader.stop();
  expect(offered.slice(0, 3)).toEqual(['0', '0', '0']);
  expect(values).toEqual(numbers(0, 50));
});

test('a batch under way when told to stop is not committed, and comes again', async () => {
  const topic = await topicWith(10);
  const groupId = uniqueName('group');
  const { promise: began, resolve: begin } = Promise.withResolvers<void>();
  const interrupted = consume({
    topic,
    groupId,
    handle: (_, signal) => {
      begin();
      return new Promise((__, reject) =>
        signal.addEventListener('abort', () => reject(new Error('stopped'))),
      );
    },
  });
  await began;
  await interrupted.stop();
  const { values, take, until } = collector();
  const next = consume({ topic, groupId, handle: async (batch) => take(batch) });
  await until(10);
  await next.stop();
  expect(values).toEqual(numbers(0, 10));
});

test('a handler longer than the session keeps its partition', async () => {
  const topic = await topicWith(1);
  const groupId = uniqueName('group');
  let offers = 0;
  const { promise: progressed, resolve } = Promise.withResolvers<void>();
  const reader = consume({
    topic,
    groupId,
    sessionTimeoutMs: 6_000,
    heartbeatMs: 500,
    handle: async () => {
      offers++;
      await new Promise((done) => setTimeout(done, 8_000));
    },
    onProgress: () => resolve(),
  });
  await progressed;
  await reader.stop();
  expect(offers).toBe(1);
});

test('two members share the partitions; when one leaves, the other takes over', async () => {
  const topic = await topicWith(0, 2);
  const groupId = uniqueName('group');
  const { values, take, until } = collector();
  const members = [1, 2].map(() => consume({ topic, groupId, handle: async (batch) => take(batch) }));
  await Promise.all(members.map(({ consumption }) => consumption.joined));
  await send(topic, 0, 40);
  await until(40);
  await members[0]?.stop();
  await send(topic, 40, 80);
  await until(80);
  await members[1]?.stop();
  expect(new Set(values)).toEqual(new Set(numbers(0, 80)));
});

test('a batch that keeps failing does not keep others from joining, and goes to them', async () => {
  const topic = await topicWith(40, 2);
  const groupId = uniqueName('group');
  const { promise: failed, resolve } = Promise.withResolvers<void>();
  const failing = consume({
    topic,
    groupId,
    heartbeatMs: 200,
    handle: async () => {
      resolve();
      throw new Error('always');
    },
  });
  await failed;
  const { values, take, until } = collector();
  const working = consume({ topic, groupId, handle: async (batch) => take(batch) });
  await working.consumption.joined;
  await failing.stop();
  await until(40);
  await working.stop();
  expect(sorted(values)).toEqual(numbers(0, 40));
});

test('a consumer that falls silent is replaced', async () => {
  const topic = await topicWith(0);
  const warnings: string[] = [];
  const logger = { ...silent, warn: (_: object, message: string) => void warnings.push(message) };
  const { take, until } = collector();
  // A broker that has nothing answers after 500 ms, longer than the bound: whoever has read all counts as silent.
  const reader = consume({ topic, logger, maxPollAgeMs: 300, handle: async (batch) => take(batch) });
  await send(topic, 0, 5);
  await until(5);
  await expect.poll(() => warnings, { timeout: 10_000 }).toContain('the consumer ended; making a new one');
  await reader.stop();
});

test('it waits for a topic that is not there yet', async () => {
  const topic = uniqueName('later');
  const { values, take, until } = collector();
  const reader = consume({ topic, handle: async (batch) => take(batch) });
  await ensureTopics(kafka, [{ topic, partitions: 1, replicationFactor: 1 }]);
  await send(topic, 0, 3);
  await until(3);
  await reader.stop();
  expect(values).toEqual([0, 1, 2]);
});

test('progress, lag and the age of the last poll are metrics', async () => {
  const topic = await topicWith(20);
  const { promise: progressed, resolve } = Promise.withResolvers<object>();
  const groupId = uniqueName('group');
  const registry = new Registry();
  const reader = consume({ topic, groupId, handle: async () => undefined, onProgress: resolve });
  exposeConsumption(registry, groupId, reader.consumption);
  expect(await progressed).toEqual({ topic, partition: 0, offset: 20, lag: 0 });
  const metrics = await registry.metrics();
  expect(metrics).toContain(`kafka_consumer_lag{group="${groupId}",topic="${topic}",partition="0"} 0`);
  expect(metrics).toMatch(
    new RegExp(`kafka_consumer_last_poll_age_seconds\\{group="${groupId}"\\} [\\d.e-]+`),
  );
  await reader.stop();
});
