import { setImmediate as nextTurnOfLoop } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import { readTargetStatus } from '../operations/target-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endLeases,
  endPauses,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf, officialLikeMap } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';

const scheme = 'map';
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
const status = async (id: string) => (await readTargetStatus(db, id))[0];

describe('a delivery', () => {
  it('is shared by several workers: a system is worked by one at a time, and none is left', async () => {
    const ids = ['t1', 't2', 't3', 't4', 't5', 't6'];
    const targets = Object.fromEntries(ids.map((id) => [id, new SimulatedTarget()]));
    const talking = new Map<string, number>();
    for (const [id, target] of Object.entries(targets)) {
      const write = target.write.bind(target);
      target.write = async (steps, signal) => {
        talking.set(id, (talking.get(id) ?? 0) + 1);
        expect(talking.get(id)).toBe(1);
        await nextTurnOfLoop();
        talking.set(id, 0);
        return write(steps, signal);
      };
    }
    await registerTargets(db, ids, scheme);
    await takeIn(db, history.publish(mapOf(officialLikeMap().slice(0, 60))));
    await Promise.all([1, 2, 3].map(() => deliverAll(deliveryTo(db, targets))));
    await deliverAll(deliveryTo(db, targets));
    expect((await readTargetStatus(db)).map(({ state }) => state)).toEqual(ids.map(() => 'in-step'));
    for (const target of Object.values(targets)) expect(target.records.size).toBe(56);
  });

  it('stops when it is told to, finishing the request under way, and writes no more once the lease is lost', async () => {
    const target = new SimulatedTarget();
    target.capabilities = { ...target.capabilities, batchSize: 1 };
    await registerTargets(db, [scheme], scheme);
    await publish('1 A1 a', '2 A2 b', '3 A3 c');
    const stop = new AbortController();
    target.interfere = () => (stop.abort(), null);
    await deliverAll(deliveryTo(db, { [scheme]: target }), stop.signal);
    expect(await status(scheme)).toMatchObject({ state: 'behind', items: 1 });
    target.interfere = (_, call) => {
      if (call === 2) stealLease();
      return null;
    };
    let stolen: Promise<unknown> | undefined;
    const stealLease = (): void =>
      void (stolen = run(db, sql`update system set lease_holder = gen_random_uuid()`));
    const write = target.write.bind(target);
    target.write = async (steps, signal) => {
      const answers = await write(steps, signal);
      await stolen;
      return answers;
    };
    await deliverAll(deliveryTo(db, { [scheme]: target }));
    expect(await status(scheme)).toMatchObject({ items: 1 });
    await endLeases(db);
    await endPauses(db);
    await deliverAll(deliveryTo(db, { [scheme]: target }));
    expect(await status(scheme)).toMatchObject({ state: 'in-step', items: 3 });
    expect(target.records.size).toBe(3);
  });

  it('ends when what targets answered cannot be written, and goes on from there', async () => {
    const target = new SimulatedTarget();
    target.capabilities = { ...target.capabilities, batchSize: 1 };
    await registerTargets(db, ['t'], scheme);
    await publish(...Array.from({ length: 12 }, (_, i) => `${i + 1} A${i + 1} x`));
    const delivery = deliveryTo(db, { t: target });
    const write = delivery.writer.write.bind(delivery.writer);
    const isBroken = Promise.withResolvers<void>();
    let writes = 0;
    delivery.writer.write = async (part) => {
      if (++writes > 1) return write(part);
      isBroken.resolve();
      throw new Error('the connection to Postgres broke');
    };
    // The turn is under way still when the first answers cannot be written.
    target.beforeWrite = async () => (target.calls.length === 4 ? isBroken.promise : undefined);
    await expect(deliverAll(delivery)).rejects.toThrow('the connection to Postgres broke');
    expect(target.calls.length).toBeLessThan(12);
    await endPauses(db);
    await deliverAll(delivery);
    expect(await status('t')).toMatchObject({ state: 'in-step' });
    expect(target.active()).toHaveLength(12);
  });

  it('compares in full, and with doubt, when the profile changes while answers are missing', async () => {
    const target = new SimulatedTarget();
    await registerTargets(db, [scheme], scheme, 'show');
    await publish('1 A1 a', '2 A2');
    const delivery = deliveryTo(db, { [scheme]: target });
    await deliverAll(delivery);
    target.interfere = () => 'lose-answers';
    await publish('1 A2 a', '2 A1');
    const stop = new AbortController();
    const write = target.write.bind(target);
    target.write = async (steps, signal) => {
      stop.abort();
      return write(steps, signal);
    };
    await deliverAll(delivery, stop.signal);
    target.interfere = () => null;
    await registerTargets(db, [scheme], scheme, 'refuse');
    await registerTargets(db, [scheme], scheme, 'show');
    await endPauses(db);
    await deliverAll(delivery);
    expect(
      target
        .active()
        .map(({ content }) => content.code)
        .sort(),
    ).toEqual(['A1', 'A2']);
    expect(await status(scheme)).toMatchObject({ state: 'in-step', items: 2 });
    expect(target.records.size).toBe(2);
  });
});
