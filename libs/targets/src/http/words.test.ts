import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortened, wordsOf } from './words.ts';

test.each([
  [{ exception: 'constraint', message: 'Not empty' }, 'Not empty'],
  [[{ message: 'Session expired', errorCode: 'INVALID_SESSION_ID' }], 'Session expired'],
  [{ status: '409', scimType: 'uniqueness', detail: 'In use' }, 'In use'],
  [{ error: 'invalid_client', error_description: 'client identifier invalid' }, 'client identifier invalid'],
  [{ error: 'invalid_client' }, 'invalid_client'],
  [{ error: { message: 'inside' } }, 'inside'],
  [{ message: '', detail: 'said elsewhere' }, 'said elsewhere'],
  [null, ''],
  [{ rows: 3 }, ''],
])('%j says %j', (body, words) => {
  expect(wordsOf(body)).toBe(words);
});

test('any JSON gives one line of at most 500 characters', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      const words = wordsOf(body);
      expect(words.length).toBeLessThanOrEqual(500);
      expect(words).not.toMatch(/[\r\n]/);
    }),
  );
  expect(wordsOf({ message: 'x'.repeat(600) })).toHaveLength(500);
});

test('what no database keeps is left out', () => {
  expect(shortened('a\0b')).toBe('a b');
  expect(shortened(`${'x'.repeat(498)}😀 more`)).toBe(`${'x'.repeat(498)}\u{FFFD}…`);
});
