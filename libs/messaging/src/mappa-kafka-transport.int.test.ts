import { Controller, Module, type INestApplication, type Type } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { defer, of, throwError } from 'rxjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brokers, uniqueName } from '../../../test/support/kafka.ts';
import { connectTransport } from './connect-transport.ts';
import type { MessageBatch } from './consume-options.ts';
import { ensureTopics } from './ensure-topics.ts';
import { createKafka, type MessagingLogger } from './kafka.ts';
import { MappaKafkaTransport } from './mappa-kafka-transport.ts';
import { OnTopic } from './on-topic.ts';
import { Producer } from './producer.ts';
import { silent } from './silent.fixture.ts';

const kafka = createKafka(brokers(), 'transport-test', silent);
const producer = new Producer(kafka);
beforeAll(() => producer.connect());
afterAll(() => producer.disconnect());

async function topicWith(count: number): Promise<string> {
  const topic = uniqueName('events');
  await ensureTopics(kafka, [{ topic, partitions: 1, replicationFactor: 1 }]);
  const messages = Array.from({ length: count }, (_, i) => ({ value: `${i}` }));
  await producer.sendBatch([{ topic, messages }]);
  return topic;
}

/** An app with this controller, on the transport. */
async function startApp(
  controller: Type,
  groupId: string,
  logger: MessagingLogger = silent,
): Promise<INestApplication> {
  @Module({ controllers: [controller] })
  class AppModule {}
  const app = await NestFactory.create(AppModule, new FastifyAdapter(), {
    logger: false,
    abortOnError: false,
  });
  const pauses = { firstMs: 5, longestMs: 20 };
  connectTransport(app, new MappaKafkaTransport({ kafka, groupId, logger, pauses }));
  await app.startAllMicroservices();
  await app.init();
  return app;
}

const ways = {
  throws: () => {
    throw new Error('the database is away');
  },
  rejects: () => Promise.reject(new Error('the database is away')),
  'answers an Observable that errors': () => throwError(() => new Error('the database is away')),
  'answers an Observable that errors late': () =>
    defer(() => Promise.reject(new Error('the database is away'))),
} as const;

test.each(Object.entries(ways))(
  'a handler that %s twice gets the batch again; no event is lost',
  async (_, fail) => {
    const topic = await topicWith(30);
    const stored: number[] = [];
    const errors: unknown[] = [];
    let attempts = 0;
    const { promise: done, resolve } = Promise.withResolvers<void>();

    @Controller()
    class Intake {
      @OnTopic(topic)
      store(@Payload() batch: MessageBatch): unknown {
        if (++attempts < 3) return fail();
        stored.push(...batch.messages.map(({ value }) => Number(value)));
        if (stored.length >= 30) resolve();
        return of(undefined);
      }
    }
    const logger = { ...silent, error: (fields: object) => void errors.push(fields) };
    const groupId = uniqueName('group');
    const app = await startApp(Intake, groupId, logger);
    await done;
    await app.close();
    expect(stored).toEqual(Array.from({ length: 30 }, (__, i) => i));
    expect(errors).toMatchObject([
      { err: { message: 'the database is away' }, failures: 1 },
      { err: { message: 'the database is away' }, failures: 2 },
    ]);
    await expect(committed(groupId, topic)).resolves.toBe('30');
  },
);

test('while a handler fails, nothing is committed; the next instance gets everything', async () => {
  const topic = await topicWith(5);
  const groupId = uniqueName('group');
  const { promise: failed, resolve } = Promise.withResolvers<void>();

  @Controller()
  class Failing {
    @OnTopic(topic)
    store(): never {
      resolve();
      throw new Error('always');
    }
  }
  const app = await startApp(Failing, groupId);
  await failed;
  await app.close();
  await expect(committed(groupId, topic)).resolves.toBe('-1');
});

test('a topic has one handler, and there are no answers', async () => {
  @Controller()
  class Twice {
    @OnTopic('same')
    one(): void {}
    @OnTopic('same')
    two(): void {}
  }
  await expect(startApp(Twice, 'group')).rejects.toThrow('A pattern is a topic with one handler');
  @Controller()
  class Asking {
    @MessagePattern('question')
    answer(): void {}
  }
  await expect(startApp(Asking, 'group')).rejects.toThrow('Kafka carries events only');
});

async function committed(groupId: string, topic: string): Promise<string | undefined> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
    return offsets?.partitions[0]?.offset;
  } finally {
    await admin.disconnect();
  }
}
