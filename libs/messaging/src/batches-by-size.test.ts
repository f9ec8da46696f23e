import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchesBySize, messageBytes } from './batches-by-size.ts';

const text = fc.string({ maxLength: 300 });
const message = fc.record({
  key: text,
  value: fc.oneof(
    text,
    fc.constant(null),
    text.map((value) => Buffer.from(value)),
  ),
  headers: fc.dictionary(fc.string({ minLength: 1, maxLength: 20 }), text),
});

test('batches are the messages in order, none empty, none too large unless one message is', () => {
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 60 }),
      fc.integer({ min: 50, max: 3_000 }),
      (messages, maxBytes) => {
        const batches = batchesBySize(messages, maxBytes);
        expect(batches.flat()).toEqual(messages);
        for (const batch of batches) {
          const bytes = batch.reduce((sum, each) => sum + messageBytes(each), 0);
          expect(batch.length === 1 || (batch.length > 1 && bytes <= maxBytes)).toBe(true);
        }
      },
    ),
  );
});

test('a batch is filled before the next begins', () => {
  const messages = Array.from({ length: 10 }, () => ({ value: 'x'.repeat(70) }));
  expect(batchesBySize(messages, 300).map(({ length }) => length)).toEqual([3, 3, 3, 1]);
});

test('bytes count as UTF-8, with key and headers', () => {
  const bare = messageBytes({ value: null });
  expect(messageBytes({ key: 'è', value: 'attività' }) - bare).toBe(11);
  expect(messageBytes({ value: null, headers: { ce_id: '12', list: ['a', Buffer.from('bc')] } }) - bare).toBe(
    30,
  );
});
