import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayInRome, endOfDayInRome } from './valid-to.ts';

const day = fc
  .date({ min: new Date('1970-01-02'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('the last second of a winter and of a summer day', () => {
  expect(new Date(endOfDayInRome('2026-12-31')).toISOString()).toBe('2026-12-31T22:59:59.000Z');
  expect(new Date(endOfDayInRome('2026-06-30')).toISOString()).toBe('2026-06-30T21:59:59.000Z');
});

test('the last second of a day at whose end clocks were changed', () => {
  expect(new Date(endOfDayInRome('1978-05-27')).toISOString()).toBe('1978-05-27T22:59:59.000Z');
  expect(new Date(endOfDayInRome('1978-09-30')).toISOString()).toBe('1978-09-30T21:59:59.000Z');
});

test('a day comes back from its last second, which is followed by the next day, and has the same date in UTC', () => {
  fc.assert(
    fc.property(day, (one) => {
      const instant = endOfDayInRome(one);
      expect(dayInRome(instant)).toBe(one);
      expect(dayInRome(instant + 1000)).not.toBe(one);
      expect(new Date(instant).toISOString().slice(0, 10)).toBe(one);
    }),
  );
});
