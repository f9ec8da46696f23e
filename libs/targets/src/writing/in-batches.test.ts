import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TargetError, type Answer } from '../driver.ts';
import { chunks, inBatches } from './in-batches.ts';

const done = (item: number): Answer => ({ is: 'done', externalId: String(item) });

test('chunks hold all items in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      const parts = chunks(items, size);
      expect(parts.flat()).toEqual(items);
      expect(parts.every(({ length }) => length > 0 && length <= size)).toBe(true);
    }),
  );
});

test('whatever the target refuses, only that is rejected, and everything else is stored once', async () => {
  const items = fc.uniqueArray(fc.nat(1000), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      items,
      fc.func(fc.boolean()),
      fc.integer({ min: 1, max: 20 }),
      async (all, isBad, size) => {
        const stored: number[] = [];
        const answers = await inBatches(chunks(all, size), async (batch) => {
          if (batch.some((item) => isBad(item))) return { refused: 'bad' };
          stored.push(...batch);
          return batch.map(done);
        });
        expect(stored).toEqual(all.filter((item) => !isBad(item)));
        for (const item of all) {
          expect(answers.get(item)).toEqual(isBad(item) ? { is: 'rejected', reason: 'bad' } : done(item));
        }
      },
    ),
  );
});

test('after trouble nothing more is sent, and what was done stays done', async () => {
  const sent: number[] = [];
  const answers = await inBatches([[1, 2], [3], [4, 5]], async (batch) => {
    sent.push(...batch);
    if (batch.includes(3)) throw new TargetError({ is: 'unknown', reason: 'lost' });
    return batch.map(done);
  });
  expect(sent).toEqual([1, 2, 3]);
  expect([1, 2, 3, 4, 5].map((item) => answers.get(item)?.is)).toEqual([
    'done',
    'done',
    'unknown',
    'failing',
    'failing',
  ]);
});

test('an item that the answer leaves out is unknown', async () => {
  const answers = await inBatches([[1, 2]], async () => [done(1)]);
  expect(answers.get(2)?.is).toBe('unknown');
});

test('a bug is no trouble of the target', async () => {
  await expect(inBatches([[1]], () => Promise.reject(new RangeError('bug')))).rejects.toThrow(RangeError);
});
