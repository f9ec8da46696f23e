import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ActorIdentity } from '#platform';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { act } from '../operations/act.ts';
import { readTargetStatus } from '../operations/target-status.ts';
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
import { adopt } from './adopt.ts';

const id = 'target';
const operator: ActorIdentity = { id: 'anna', roles: ['operator'] };
let database: ConnectorDatabase;
let target: SimulatedTarget;
let delivery: DeliveryContext;
/** Of A1.1. */
let ours: SimulatedRecord;
/** How the record stood, under the key of ours, when a person said that it is nobody's. */
let theirs: SimulatedRecord;

beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  const { db } = database;
  await emptyDatabase(db);
  target = new SimulatedTarget();
  delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a', '2 A1.1 b'])));
  await deliverAll(delivery);
  target.hold('theirs', 'X', 'di altri');
  const twin = target.records.get('theirs');
  const [linked] = target.withKey(conceptNumber(2));
  if (!twin || !linked) throw new Error('no record');
  ours = linked;
  twin.key = linked.key;
  theirs = structuredClone(twin);
  const { signal } = new AbortController();
  const decision = { externalId: 'theirs', conceptId: null };
  expect(await adopt(db, delivery.drivers, id, decision, operator, signal)).toBe(null);
});

const state = async () => (await readTargetStatus(database.db))[0]?.state;

it('nobody’s record under the key of ours stays as it is when ours is gone, and ours is made again', async () => {
  target.records.delete(ours.id);
  await readBack(database.db, id, target);
  await deliverAll(delivery);
  expect(target.records.get('theirs')).toEqual(theirs);
  expect(target.withKey(`${conceptNumber(2)}:2`)).toMatchObject([
    { content: { code: 'A1.1', active: true } },
  ]);
  expect(await state()).toBe('in-step');
});

it('so it is when a delivery is the first to see that ours is gone', async () => {
  expect(await state()).toBe('behind');
  await deliverAll(delivery);
  expect(target.withKey(`${conceptNumber(2)}:2`)).toMatchObject([{ id: ours.id }]);
  target.records.delete(ours.id);
  await act(database.db, 'resync', id);
  await deliverAll(delivery);
  expect(target.records.get('theirs')).toEqual(theirs);
  expect(target.withKey(`${conceptNumber(2)}:2`)).toMatchObject([
    { content: { code: 'A1.1', active: true } },
  ]);
  expect(await state()).toBe('in-step');
});
