import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const day = 24 * 60 * 60 * 1000;

test('seconds are read', () => {
  expect(retryAfterMs('5', 0)).toBe(5000);
  expect(retryAfterMs(' 0 ', 0)).toBe(0);
});

test('a date is a distance from now, and one that has passed is no waiting', () => {
  const now = Date.parse('2026-10-21T07:27:30Z');
  expect(retryAfterMs('Wed, 21 Oct 2026 07:28:00 GMT', now)).toBe(30_000);
  expect(retryAfterMs('Wed, 21 Oct 2026 07:00:00 GMT', now)).toBe(0);
});

test.each([undefined, '', 'soon', '-5', '1.5'])('%s is neither', (value) => {
  expect(retryAfterMs(value, 0)).toBeNull();
});

test('both forms of one instant say the same, and nothing says more than a day', () => {
  fc.assert(
    fc.property(fc.nat(2_000_000_000), fc.nat(1_000_000), (nowSeconds, seconds) => {
      const now = nowSeconds * 1000;
      const asDate = retryAfterMs(new Date(now + seconds * 1000).toUTCString(), now);
      expect(asDate).toBe(retryAfterMs(String(seconds), now));
      expect(asDate).toBeLessThanOrEqual(day);
    }),
  );
});

test('no header makes it throw or answer something that is not a number of milliseconds', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (value, now) => {
      const ms = retryAfterMs(value, now);
      expect(ms === null || (ms >= 0 && ms <= day)).toBe(true);
    }),
  );
});
