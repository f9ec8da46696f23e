import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliveryTo, registerTargets, takeIn } from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { Alarm } from './alarm.ts';
import { deliveryLoop } from './delivery-loop.ts';
import { claimSystems } from './system-lease.ts';

let database: ConnectorDatabase;
beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

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
  const settings = { pollMs: 50, mostSystems: 8 };
  const loop = deliveryLoop(delivery, new Alarm(), settings, stop.signal, () => undefined);
  const waited = (await Promise.all(arrivals.map(({ arrived }) => arrived))).map((at) => at - claimedAt);
  stop.abort();
  await loop;
  expect(Math.min(...waited)).toBeGreaterThan(leaseMs - 100);
  expect(Math.max(...waited)).toBeLessThan(leaseMs + 3_000);
});
