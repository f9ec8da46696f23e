import { expect, test } from 'vitest';
import { isDue } from './next-night.ts';

test('a map is looked at once a night, in Rome', () => {
  expect(isDue(new Date('2026-01-10T01:59:00Z'), null)).toBe(false);
  expect(isDue(new Date('2026-01-10T02:00:00Z'), null)).toBe(true);
  expect(isDue(new Date('2026-01-10T02:30:00Z'), '2026-01-10')).toBe(false);
  expect(isDue(new Date('2026-07-10T01:00:00Z'), '2026-07-09')).toBe(true);
});
