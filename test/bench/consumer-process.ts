import { topics } from '#contracts';
import { createKafka } from '#messaging';
import { z } from 'zod';

/**
 * A downstream consumer in a process of its own: tells its parent when each change arrived, in milliseconds since 1970.
 * Arguments: brokers. Messages to the parent: 'ready', then [scheme, revision, arrivedAtMs].
 */
const placeSchema = z.object({ scheme: z.string(), revision: z.int() });
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const kafka = createKafka((process.argv[2] ?? '').split(','), 'bench-consumer', silent);
const consumer = kafka.consumer({ groupId: `bench-${process.pid}`, maxWaitTimeInMs: 500 });
await consumer.connect();
await consumer.subscribe({ topic: topics.changes.name, fromBeginning: false });
consumer.on(consumer.events.GROUP_JOIN, () => process.send?.('ready'));
await consumer.run({
  eachBatch: async ({ batch }) => {
    const arrivedAtMs = performance.timeOrigin + performance.now();
    for (const { value } of batch.messages) {
      const { scheme, revision } = placeSchema.parse(JSON.parse(String(value)));
      process.send?.([scheme, revision, arrivedAtMs]);
    }
  },
});
process.on('disconnect', () => process.exit(0));
