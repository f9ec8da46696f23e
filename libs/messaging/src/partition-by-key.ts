import type { ICustomPartitioner } from 'kafkajs';

const seed = 0x97_47_b2_8c;
const factor = 0x5b_d1_e9_95;

/**
 * The partitioner of Kafka's Java client for messages with keys (one without has the empty key): murmur2 in 32-bit arithmetic. kafkajs
 * calculates with 64 bits in two halves, which took a sixth of the time of a relay.
 */
export const partitionByKey: ICustomPartitioner =
  () =>
  ({ partitionMetadata, message: { key } }) => {
    const bytes = typeof key === 'string' ? Buffer.from(key) : (key ?? Buffer.alloc(0));
    return (murmur2(bytes) & 0x7f_ff_ff_ff) % partitionMetadata.length;
  };

function murmur2(data: Buffer): number {
  const whole = data.length & ~3;
  let hash = seed ^ data.length;
  for (let i = 0; i < whole; i += 4) {
    const word = Math.imul(data.readInt32LE(i), factor);
    hash = Math.imul(hash, factor) ^ Math.imul(word ^ (word >>> 24), factor);
  }
  if (whole < data.length) hash = Math.imul(hash ^ data.readUIntLE(whole, data.length - whole), factor);
  hash = Math.imul(hash ^ (hash >>> 13), factor);
  return hash ^ (hash >>> 15);
}
