import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';
import { readStuck } from '../operations/stuck-list.ts';
import { connectorDatabase, openDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf, officialLikeMap } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';

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
const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries((await statusInEnglish(db)).map(({ id, state }) => [id, state]));
const idsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `t${i + 1}`);
const targetsOf = (ids: readonly string[]): Record<string, SimulatedTarget> =>
  Object.fromEntries(ids.map((id) => [id, new SimulatedTarget()]));
const countStatements = (source: DataSource): { count: number } => {
  const counted = { count: 0 };
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (...mode) => {
    const runner = create(...mode);
    const query = runner.query.bind(runner);
    runner.query = (...given: Parameters<typeof query>) => {
      counted.count++;
      return query(...given);
    };
    return runner;
  };
  return counted;
};

describe('the targets of one system', () => {
  it('are brought to a revision together, at the cost of a few statements for all of them', async () => {
    const ids = idsOf(120);
    const targets = targetsOf(ids);
    await registerOnOneSystem(db, ids, scheme);
    await publish('1 A1 a', '2 A1.1 b', '3 A1.1.1 c');
    await deliverAll(deliveryTo(db, targets));
    await publish('1 A1 a', '2 A1.1 B', '3 A1.1.1 c');
    const counted = await openDatabase(database.appUrl);
    const statements = countStatements(counted);
    await deliverAll(deliveryTo(counted, targets));
    await counted.destroy();
    expect(statements.count).toBeLessThan(60);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['in-step']));
    for (const target of Object.values(targets)) {
      expect(target.calls.length).toBe(4);
      expect(target.active().map(({ content }) => content.title)).toEqual(['a', 'B', 'c']);
    }
  });

  it('never have more requests at the same time than the system takes', async () => {
    const ids = idsOf(12);
    const targets = targetsOf(ids);
    let [talking, most] = [0, 0];
    for (const target of Object.values(targets)) {
      const write = target.write.bind(target);
      target.write = async (steps, signal) => {
        most = Math.max(most, ++talking);
        await new Promise((resolve) => setImmediate(resolve));
        talking--;
        return write(steps, signal);
      };
    }
    await registerOnOneSystem(db, ids, scheme, { concurrency: 3 });
    await publish('1 A1 a', '2 A1.1 b');
    await deliverAll(deliveryTo(db, targets));
    expect(most).toBe(3);
  });

  it('go on when one of them fails alone, which is left alone for a while, also after a restart', async () => {
    const ids = idsOf(6);
    const targets = targetsOf(ids);
    const [bad] = ids.map((id) => targets[id]);
    if (!bad) throw new Error('no target');
    bad.interfere = () => 'fail';
    await registerOnOneSystem(db, ids, scheme);
    await publish('1 A1 a');
    await deliverAll(deliveryTo(db, targets, { pausesMs: [60_000] }));
    expect(await states()).toMatchObject({ t1: 'unreachable', t2: 'in-step', t6: 'in-step' });
    await publish('1 A1 b');
    await registerOnOneSystem(db, ids, scheme);
    await deliverAll(deliveryTo(db, targets, { pausesMs: [60_000] }));
    expect(bad.calls).toHaveLength(1);
    bad.interfere = () => null;
    await endPauses(db);
    await deliverAll(deliveryTo(db, targets));
    expect(new Set(Object.values(await states()))).toEqual(new Set(['in-step']));
  });

  it('are not asked one by one when the system is dead; then one asks first, then all', async () => {
    const ids = idsOf(40);
    const targets = targetsOf(ids);
    const calls = (): number => Object.values(targets).reduce((sum, { calls }) => sum + calls.length, 0);
    for (const target of Object.values(targets)) [target.interfere, target.isAway] = [() => 'fail', true];
    await registerOnOneSystem(db, ids, scheme);
    await publish('1 A1 a');
    const delivery = deliveryTo(db, targets, { pausesMs: [60_000] });
    await deliverAll(delivery);
    const probes = (): number => Object.values(targets).reduce((sum, { probes }) => sum + probes, 0);
    const [dead, asked] = [calls(), probes()];
    expect(dead + asked).toBeLessThanOrEqual(2 * 4 + 3);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['unreachable']));
    expect(await run(db, sql`select from target where retry_at is not null`)).toHaveLength(0);
    await endPauses(db);
    await deliverAll(delivery);
    expect([calls(), probes()]).toEqual([dead, asked + 3]);
    for (const target of Object.values(targets)) [target.interfere, target.isAway] = [() => null, false];
    await endPauses(db);
    await deliverAll(delivery);
    expect(new Set(Object.values(await states()))).toEqual(new Set(['in-step']));
  });

  it('are served in turn: one with much to do does not keep the others waiting', async () => {
    const ids = idsOf(3);
    const targets = targetsOf(ids);
    const order: string[] = [];
    for (const [id, target] of Object.entries(targets)) {
      target.capabilities = { ...target.capabilities, batchSize: 1 };
      target.interfere = () => (order.push(id), null);
    }
    await registerOnOneSystem(db, ['t1'], scheme, { concurrency: 1 });
    await publish(...officialLikeMap().slice(0, 40));
    await registerOnOneSystem(db, ids, scheme, { concurrency: 1 });
    await deliverAll(deliveryTo(db, targets));
    expect(new Set(order.slice(0, 3))).toEqual(new Set(ids));
    expect(order.slice(0, 30).filter((id) => id === 't2')).toHaveLength(10);
  });
});

describe('a record on which a target chokes', () => {
  it('is found, and leaves all but itself and what stands below it applied', async () => {
    const [target, healthy] = [new SimulatedTarget(), new SimulatedTarget()];
    const poison = 'A1.2.2';
    target.interfere = (steps) => (steps.some(({ content }) => content.code === poison) ? 'lose-all' : null);
    await registerOnOneSystem(db, ['t1', 't2'], scheme);
    const lines = officialLikeMap();
    await takeIn(db, history.publish(mapOf(lines)));
    const delivery = deliveryTo(db, { t1: target, t2: healthy }, { pausesMs: [60_000] });
    for (let turn = 0; turn < 3; turn++) {
      await deliverAll(delivery);
      await run(db, sql`update target set retry_at = null`);
    }
    const below = lines.filter((line) => line.split(' ')[1]?.startsWith(`${poison}.`)).length;
    expect(await states()).toEqual({ t1: 'stuck', t2: 'in-step' });
    expect(target.active()).toHaveLength(449 - 1 - below);
    expect((await readStuck(db, 't1', { limit: 500 })).items).toMatchObject([
      { code: poison, class: 'rejected', reason: 'fails on this record alone: the connection was cut' },
      ...Array.from({ length: below }, () => ({ class: 'waits', reason: `waits for ${poison}` })),
    ]);
    target.interfere = () => null;
    await run(db, sql`update stuck set next_attempt_at = now()`);
    await deliverAll(delivery);
    expect(await states()).toEqual({ t1: 'in-step', t2: 'in-step' });
    expect(target.withKey(conceptNumber(1))).toHaveLength(0);
    expect(target.records.size).toBe(449);
  });
});
