import { expect, test } from 'vitest';
import { firstInstantOf } from '../testing/rome-instants.ts';
import { today } from './effective-date.ts';

test.each([
  ['in winter', '2027-01-01', '2026-12-31T23:00:00.000Z'],
  ['when summer time begins', '2027-03-28', '2027-03-27T23:00:00.000Z'],
  ['the day after', '2027-03-29', '2027-03-28T22:00:00.000Z'],
  ['when summer time ends', '2027-10-31', '2027-10-30T22:00:00.000Z'],
  ['the day after that', '2027-11-01', '2027-10-31T23:00:00.000Z'],
])('a day begins at midnight in Europe/Rome, %s', (_, day, instant) => {
  expect(firstInstantOf(day).toISOString()).toBe(instant);
  expect(today(new Date(instant))).toBe(day);
  expect(today(new Date(Date.parse(instant) - 1)) < day).toBe(true);
});
