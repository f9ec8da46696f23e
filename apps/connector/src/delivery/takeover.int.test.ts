import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLogger, inTransaction } from '#platform';
import { drivers, openAccess } from '#targets';
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
import { LeaseKeeper } from './lease-keeper.ts';
import { holdLeases } from './ledger.ts';
import { claimSystems, renewLeases } from './system-lease.ts';
import { workSystem } from './work-system.ts';

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

it('a system on which an instance works still is not claimed by that instance again, though its lease was lost', async () => {
  const { db } = database;
  await registerTargets(db, ['t1', 't2'], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a'])));
  const holder = crypto.randomUUID();
  expect(await claimSystems(db, holder, leaseMs, 1)).toHaveLength(1);
  await endLeases(db);
  expect(await claimSystems(db, holder, leaseMs, 2, ['t1'])).toMatchObject([{ id: 't2' }]);
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

/** A receiver of webhooks, and the driver that sends to it one message after the other, over two connections that are open. */
async function receiver() {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const receive = async (): Promise<void> => {
      received.push(await text(request));
      response.writeHead(204).end();
    };
    void receive();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  const address = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
  const limits = { ratePerSecond: null, requestTimeoutMs: 5_000 };
  const access = openAccess(address, { concurrency: 2, ...limits });
  const secret = `whsec_${Buffer.alloc(32).toString('base64')}`;
  const settings = drivers.webhook.settingsSchema.parse({ concurrency: 1 });
  const driver = drivers.webhook.create({ address, user: '', secret, settings, access, ...limits });
  const { signal } = new AbortController();
  /** Whatever was sent before has arrived. */
  const pings = (): Promise<unknown> => Promise.all([driver.probe(signal), driver.probe(signal)]);
  await pings();
  const close = async (): Promise<void> => {
    await access.close();
    server.close();
  };
  return { driver, received, pings, close };
}

it('a process that stood still until its lease ended sends nothing more of what it was sending', async () => {
  const { db } = database;
  const { driver, received, pings, close } = await receiver();
  await registerTargets(db, ['t1'], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a', '2 A2 b', '3 A3 c', '4 A4 d'])));
  // Where whoever reads an answer sends what follows on it at once.
  const standStill = (): void => {
    if (received.at(-1)?.includes('"A2"'))
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, leaseMs);
  };
  subscribe('undici:request:headers', standStill);
  try {
    const [holder, claimedAt] = [crypto.randomUUID(), performance.now()];
    const [system] = await claimSystems(db, holder, leaseMs, 1);
    if (!system) throw new Error('there is no work');
    const stop = new AbortController().signal;
    await workSystem(deliveryTo(db, { t1: driver }, { leaseMs }), system, holder, claimedAt, stop);
    await pings();
    expect(received.filter((message) => message.includes('mappa.record'))).toHaveLength(2);
  } finally {
    unsubscribe('undici:request:headers', standStill);
    await close();
  }
});

it('a lease counts from when its system was claimed: one that is nearly over is renewed at once, or given up', async () => {
  const { db } = database;
  await registerTargets(db, ['t1'], 'map');
  await takeIn(db, new MapHistory('map').publish(mapOf(['1 A1 a'])));
  const key = { systemId: 't1', holder: crypto.randomUUID() };
  expect(await claimSystems(db, key.holder, leaseMs, 1)).toHaveLength(1);
  const keeper = new LeaseKeeper(db, leaseMs, createLogger('test', 'silent'));
  const late = keeper.keep(key, performance.now() - leaseMs);
  expect(late.lost.aborted).toBe(true);
  const inTime = keeper.keep(key, performance.now() - leaseMs / 2);
  await wait(leaseMs / 2);
  inTime.check();
  expect(inTime.lost.aborted).toBe(false);
  inTime.end();
});
