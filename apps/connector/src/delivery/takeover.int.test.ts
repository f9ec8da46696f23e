import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { inTransaction } from '#platform';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endLeases,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { Alarm } from './alarm.ts';
import { deliveryLoop } from './delivery-loop.ts';
import { holdLeases } from './ledger.ts';
import { claimSystems, renewLeases } from './system-lease.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptyDatabase(database.db));

const leaseMs = 1_500;
const ids = ['t1', 't2', 't3', 't4'];

it('the systems of an instance that died are worked by another one when their lease ends, and not before', async () => {
  const { db } = database;
  const stop = new AbortController();
  const arrivals = ids.map((id) => {
    const target = new SimulatedTarget();
    const { promise, resolve } = Promise.withResolvers<number>();
    target.interfere = () => (resolve(performance.now()), null);
    return { id, target, arrived: promise };
  });
  await registerTargets(db, ids, 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a', '2 A1.1 b'])));
  const claimedAt = performance.now();
  expect(await claimSystems(db, crypto.randomUUID(), leaseMs, ids.length)).toHaveLength(ids.length);
  const delivery = deliveryTo(db, Object.fromEntries(arrivals.map(({ id, target }) => [id, target])), {
    leaseMs,
  });
  const settings = { pollMs: 60_000, mostSystems: 8 };
  const loop = deliveryLoop(delivery, new Alarm(), settings, stop.signal, () => undefined);
  const waited = (await Promise.all(arrivals.map(({ arrived }) => arrived))).map((at) => at - claimedAt);
  stop.abort();
  await loop;
  expect(Math.min(...waited)).toBeGreaterThan(leaseMs - 100);
  expect(Math.max(...waited)).toBeLessThan(leaseMs + 3_000);
});

it('an instance that is told to stop leaves its systems to another one at once', async () => {
  const { db } = database;
  const [leaving, taking] = [new SimulatedTarget(), new SimulatedTarget()];
  const stop = new AbortController();
  leaving.interfere = () => (stop.abort(), null);
  leaving.capabilities = { ...leaving.capabilities, batchSize: 1 };
  await registerTargets(db, ['t1'], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a', '2 A2 b'])));
  await deliverAll(deliveryTo(db, { t1: leaving }), stop.signal);
  await deliverAll(deliveryTo(db, { t1: taking }));
  expect([leaving.records.size, taking.records.size]).toEqual([1, 1]);
});

it('while a worker writes what it did, its lease is renewed, and nobody claims the system although the lease ends', async () => {
  const { db } = database;
  await registerTargets(db, ['t1'], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a'])));
  const key = { systemId: 't1', holder: crypto.randomUUID() };
  expect(await claimSystems(db, key.holder, leaseMs, 1)).toHaveLength(1);
  const other = crypto.randomUUID();
  await inTransaction(db, async (transaction) => {
    expect(await holdLeases(transaction, [key])).toEqual(new Set(['t1']));
    expect(await renewLeases(db, [key, { systemId: 't1', holder: other }], leaseMs)).toEqual(new Set(['t1']));
    await endLeases(db);
    expect(await claimSystems(db, other, leaseMs, 1)).toEqual([]);
  });
  expect(await claimSystems(db, other, leaseMs, 1)).toHaveLength(1);
  expect(await renewLeases(db, [key], leaseMs)).toEqual(new Set());
  expect(await inTransaction(db, (transaction) => holdLeases(transaction, [key]))).toEqual(new Set());
});
