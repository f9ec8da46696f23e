import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { run, sql } from '#platform';
import { readStuck } from '../operations/stuck-list.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';

const scheme = 'map';
const pausesMs = [60_000];
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const targetsOf = (...ids: string[]): Record<string, SimulatedTarget> =>
  Object.fromEntries(ids.map((id) => [id, new SimulatedTarget()]));
const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await statusInEnglish(db)).map(({ id, state }) => [id, state]));
const health = async () =>
  (await run<object>(db, sql`select failures, retry_at as "retryAt" from system`))[0];
/** The system failed before: a moment without database, or a secret that was missing. */
const putOnTrial = () => run(db, sql`update system set failures = 1`);

describe.each([
  ['whose folder is not there', { is: 'failing', reason: 'the root folder is not there' }],
  ['that get no answer', { is: 'failing', reason: 'no answer in time', aboutSystem: true }],
] as const)('targets %s', (_, answer) => {
  it.each([1, 3, 5])('rest alone and keep no healthy one waiting, where there are %i', async (count) => {
    const healthy = ['h1', 'h2', 'h3', 'h4'];
    const broken = Array.from({ length: count }, (__, i) => `x${i}`);
    const targets = targetsOf(...healthy, ...broken);
    for (const id of broken) {
      const target = targets[id];
      if (target) target.write = async (steps) => steps.map(() => answer);
    }
    await registerOnOneSystem(db, healthy, scheme);
    await publish('1 A1 a');
    const delivery = deliveryTo(db, targets, { pausesMs });
    await deliverAll(delivery);
    await registerOnOneSystem(db, [...healthy, ...broken], scheme);
    for (let round = 0; round < 3; round++) {
      await putOnTrial();
      await endPauses(db);
      await deliverAll(delivery);
      expect(await health()).toEqual({ failures: 0, retryAt: null });
    }
    await publish('1 A1 NEW');
    await deliverAll(delivery);
    const expected = [...healthy.map((id) => [id, 'in-step']), ...broken.map((id) => [id, 'unreachable'])];
    expect(await states()).toEqual(Object.fromEntries(expected));
    expect(await run(db, sql`select failures from target where failures > 0`)).toEqual(
      broken.map(() => ({ failures: 3 })),
    );
  });
});

it('a system on trial that answers nobody is asked for by one after the other, and nothing is sent', async () => {
  const targets = targetsOf('t1', 't2', 't3', 't4', 't5');
  await registerOnOneSystem(db, Object.keys(targets), scheme);
  await publish('1 A1 a');
  await putOnTrial();
  for (const target of Object.values(targets)) target.isAway = true;
  await deliverAll(deliveryTo(db, targets, { pausesMs }));
  expect(Object.values(targets).flatMap(({ calls }) => calls)).toEqual([]);
  expect(Object.values(targets).reduce((sum, { probes }) => sum + probes, 0)).toBe(3);
  expect(await health()).toMatchObject({ failures: 2, retryAt: expect.any(Date) });
});

it.each([0, 1])(
  'a poison record is found, and it alone is stuck, where its system failed %i times',
  async (n) => {
    const target = new SimulatedTarget();
    target.interfere = (steps) => (steps.some(({ content }) => content.code === 'A3') ? 'fail' : null);
    await registerOnOneSystem(db, ['t'], scheme);
    await publish(...Array.from({ length: 20 }, (_, i) => `${i + 1} A${i + 1} t`));
    await run(db, sql`update system set failures = ${n}`);
    for (let round = 0; round < 4; round++) {
      await deliverAll(deliveryTo(db, { t: target }, { pausesMs }));
      await endPauses(db);
    }
    expect(target.active()).toHaveLength(19);
    expect((await readStuck(db, 't', { limit: 50 })).items.map(({ code }) => code)).toEqual(['A3']);
    expect(await health()).toMatchObject({ failures: 0 });
  },
);
