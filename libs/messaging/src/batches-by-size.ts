import type { Message } from 'kafkajs';

/** Kafka refuses batches beyond 1 MiB by default; half of it leaves room and is no slower. */
export const defaultBatchBytes = 512 * 1024;

/** Framing of a record: lengths, deltas, attributes; rounded up. */
const recordOverheadBytes = 30;
const headerOverheadBytes = 4;

/** What a message takes in a batch, at most: key, value, headers and framing. */
export function messageBytes({ key, value, headers = {} }: Message): number {
  let bytes = recordOverheadBytes + byteLength(key) + byteLength(value);
  for (const name in headers) {
    const header = headers[name];
    for (const part of Array.isArray(header) ? header : [header]) {
      bytes += headerOverheadBytes + Buffer.byteLength(name) + byteLength(part);
    }
  }
  return bytes;
}

/**
 * Splits in order, so that no batch is larger than `maxBytes`; one message that is larger alone is a batch alone
 * (the broker decides on it). kafkajs itself never splits: one message too many fails the whole send.
 */
export function batchesBySize<M extends Message>(
  messages: readonly M[],
  maxBytes = defaultBatchBytes,
): M[][] {
  const batches: M[][] = [];
  let bytes = Infinity;
  for (const message of messages) {
    const size = messageBytes(message);
    if (bytes + size > maxBytes) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)?.push(message);
    bytes += size;
  }
  return batches;
}

function byteLength(part: Buffer | string | null | undefined): number {
  if (part === null || part === undefined) return 0;
  return typeof part === 'string' ? Buffer.byteLength(part) : part.length;
}
