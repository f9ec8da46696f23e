import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { expect, test } from 'vitest';
import { partitionByKey } from './partition-by-key.ts';

const partitions = (count: number) =>
  Array.from({ length: count }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));

test('a key goes where kafkajs, and so Kafka for Java, puts it', () => {
  const [ours, theirs] = [partitionByKey(), kafkajs.Partitioners.DefaultPartitioner()];
  const key = fc.oneof(fc.string({ unit: 'binary' }), fc.uuid(), fc.uint8Array({ maxLength: 40 }));
  fc.assert(
    fc.property(key, fc.integer({ min: 1, max: 60 }), (given, count) => {
      const message = { key: typeof given === 'string' ? given : Buffer.from(given), value: null };
      const asked = { topic: 't', partitionMetadata: partitions(count), message };
      expect(ours(asked)).toBe(theirs(asked));
    }),
  );
});
