import { afterAll, beforeAll, expect, it } from 'vitest';
import { json, run, sql } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { blackoutsSchema, windowsSchema, type Schedule } from './schedule.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

/** @param at with its distance from UTC: `2026-12-31T23:30+01:00` */
async function isOpen(schedule: Partial<Schedule>, at: string): Promise<boolean | undefined> {
  const { windows = [], blackouts = [] } = schedule;
  const [row] = await run<{ open: boolean }>(
    database.db,
    sql`select is_open(${json(windows)}, ${json(blackouts)}, ${at}::timestamptz) as open`,
  );
  return row?.open;
}

it('a system without windows is always open, but for the turn of the year in Rome', async () => {
  const schedule = { windows: windowsSchema.parse(undefined), blackouts: blackoutsSchema.parse(undefined) };
  const open = await Promise.all(
    [
      '2026-12-31T23:29+01:00',
      '2026-12-31T23:30+01:00',
      '2026-12-31T22:30Z',
      '2027-01-01T05:59+01:00',
      '2027-01-01T06:00+01:00',
    ].map((at) => isOpen(schedule, at)),
  );
  expect(open).toEqual([true, false, false, false, true]);
});

it('a window over midnight belongs to the day on which it begins', async () => {
  const windows = windowsSchema.parse([{ days: [5], from: '20:00', to: '06:00' }]);
  const friday = '2026-07-03';
  const saturday = '2026-07-04';
  const open = await Promise.all(
    [
      `${friday}T05:00+02:00`,
      `${friday}T19:59+02:00`,
      `${friday}T20:00+02:00`,
      `${saturday}T05:59+02:00`,
      `${saturday}T06:00+02:00`,
      `${saturday}T20:00+02:00`,
    ].map((at) => isOpen({ windows }, at)),
  );
  expect(open).toEqual([false, false, true, true, false, false]);
});

it('a window within a day is closed at its end, and one of several is enough', async () => {
  const windows = windowsSchema.parse([
    { days: [1], from: '08:00', to: '12:00' },
    { days: [1], from: '14:00', to: '24:00' },
  ]);
  const monday = '2026-07-06';
  const open = await Promise.all(
    ['08:00', '11:59', '12:00', '14:00', '23:59'].map((at) => isOpen({ windows }, `${monday}T${at}+02:00`)),
  );
  expect(open).toEqual([true, true, false, true, true]);
});

it('a blackout with a year is for that year alone, and goes before every window', async () => {
  const schedule = {
    windows: windowsSchema.parse([{ from: '00:00', to: '24:00' }]),
    blackouts: blackoutsSchema.parse([{ from: '2026-08-10T00:00', to: '2026-08-20T00:00' }]),
  };
  const open = await Promise.all(
    ['2026-08-09T23:59+02:00', '2026-08-10T00:00+02:00', '2027-08-12T00:00+02:00'].map((at) =>
      isOpen(schedule, at),
    ),
  );
  expect(open).toEqual([true, false, true]);
});

it('a blackout that ends before it begins is refused', () => {
  expect(blackoutsSchema.safeParse([{ from: '2026-08-20T00:00', to: '2026-08-10T00:00' }]).success).toBe(
    false,
  );
  expect(blackoutsSchema.safeParse([{ from: '2026-08-20T00:00', to: '08-30T00:00' }]).success).toBe(false);
});
