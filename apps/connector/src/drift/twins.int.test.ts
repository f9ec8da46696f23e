import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLogger } from '#platform';
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
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { askCheck } from './ask-check.ts';
import { claimCheck } from './claim-check.ts';
import { runCheck } from './run-check.ts';

const id = 'target';
const succeed = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' } as const;
const history = new MapHistory('map');
const target = new SimulatedTarget();
let database: ConnectorDatabase;
let db: DataSource;
let delivery: DeliveryContext;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
  await emptyDatabase(db);
  Object.assign(target.capabilities, { uniqueCodes: false });
  delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map', 'show', succeed);
});
afterAll(() => database.close());

async function publish(entry: string, day: string): Promise<void> {
  await takeIn(db, history.publish(mapOf(['1 A1 a', entry, '3 A2 c']), day));
  await deliverAll(delivery);
}

it('a twin of a record that was only retitled ends as that, and does not take its place when its entry goes back', async () => {
  await publish('2 A1.1 b', '2024-01-01');
  await publish('2 A1.1 B', '2024-06-01');
  const first = target.withKey(conceptNumber(2))[0];
  if (!first) throw new Error('no record');
  target.records.set('twin', { ...structuredClone(first), id: 'twin' });
  await askCheck(db, id);
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000);
  if (!claim) throw new Error('nothing to check');
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  const logger = createLogger('test', 'silent');
  const context = {
    dataSource: db,
    drivers: delivery.drivers,
    logger,
    onOwnError: () => undefined,
    settings,
  };
  await runCheck(context, claim, new AbortController().signal);
  await deliverAll(delivery);
  expect(target.records.get('twin')?.content).toMatchObject({ title: 'B', active: false });
  await publish('2 A2.2 B', '2024-09-01');
  await publish('2 A1.1 B', '2024-10-01');
  const inUse = [first.id, 'twin'].map((externalId) => target.records.get(externalId)?.content.active);
  expect(inUse).toEqual([true, false]);
});
