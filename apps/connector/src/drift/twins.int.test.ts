import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, sql } from '#platform';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { readBack } from '../testing/read-back-now.ts';
import { SimulatedTarget, type SimulatedRecord } from '../testing/simulated-target.ts';

const id = 'target';
const succeed = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' } as const;
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let target: SimulatedTarget;
let delivery: DeliveryContext;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory('map');
  target = new SimulatedTarget();
  Object.assign(target.capabilities, { uniqueCodes: false });
  delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map', 'show', succeed);
});

async function publish(entry: string, day: string): Promise<void> {
  await takeIn(db, history.publish(mapOf(['1 A1 a', entry, '3 A2 c']), day));
  await deliverAll(delivery);
}

/** Somebody copies the first record of the entry, with its key. */
function copyFirst(): SimulatedRecord {
  const [first] = target.withKey(conceptNumber(2));
  if (!first) throw new Error('no record');
  target.records.set('twin', { ...structuredClone(first), id: 'twin' });
  return first;
}

async function check(): Promise<void> {
  await readBack(db, id, target);
  await deliverAll(delivery);
}

it('a twin of a record that was only retitled ends as that, and does not take its place when its entry goes back', async () => {
  await publish('2 A1.1 b', '2024-01-01');
  await publish('2 A1.1 B', '2024-06-01');
  const first = copyFirst();
  await check();
  expect(target.records.get('twin')?.content).toMatchObject({ title: 'B', active: false });
  await publish('2 A2.2 B', '2024-09-01');
  await publish('2 A1.1 B', '2024-10-01');
  const inUse = [first.id, 'twin'].map((externalId) => target.records.get(externalId)?.content.active);
  expect(inUse).toEqual([true, false]);
});

it('a twin of a record that has ended gets a key of its own, and is not found altered by the next reading', async () => {
  await publish('2 A1.1 b', '2024-01-01');
  await publish('2 A2.2 B', '2024-06-01');
  const { content } = copyFirst();
  await check();
  expect(target.records.get('twin')).toMatchObject({ key: `${conceptNumber(2)}:3`, content });
  await check();
  expect(await run(db, sql`select outcome from drift_check`)).toEqual([{ outcome: 'verified' }]);
});
