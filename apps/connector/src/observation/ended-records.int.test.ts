import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLogger, isRefusal, run, sql, type ActorIdentity } from '#platform';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { askCheck, readReport } from '../drift/ask-check.ts';
import { claimCheck } from '../drift/claim-check.ts';
import { runCheck } from '../drift/run-check.ts';
import type { DriftReport } from '../drift/schemas.ts';
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
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { activate } from './activate.ts';
import { adopt } from './adopt.ts';
import { observe } from './observe.ts';

const [before, after] = ['before', 'after'];
const succeed: ChosenPolicies = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' };
const operator: ActorIdentity = { id: 'anna', roles: ['operator'] };
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let target: SimulatedTarget;
let delivery: DeliveryContext;
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** One target holds what several revisions left of it: an entry that moved has two records. Another one stands at the same place. */
beforeEach(async () => {
  await emptyDatabase(db);
  target = new SimulatedTarget();
  delivery = deliveryTo(db, { [before]: target, [after]: target });
  await registerTargets(db, [before, after], 'map', 'show', succeed);
  await run(db, sql`update target set mode = 'observe' where id = ${after}`);
  history = new MapHistory('map');
  await publish(['1 A1 a', '2 A1.1 b', '3 A2 c', '4 A2.1 d'], '2024-01-01');
  await publish(['1 A1 a', '2 A2.2 B', '3 A2 c', '4 A2.1 d'], '2024-06-01');
  await publish(['1 A1 a', '2 A2.2 B', '3 A2 c'], '2024-09-01');
  await run(db, sql`update target set paused = true where id = ${before}`);
});

async function publish(lines: readonly string[], day: string): Promise<void> {
  await takeIn(db, history.publish(mapOf(lines), day));
  await deliverAll(delivery);
}

async function turnOn(revision = 3): Promise<void> {
  const turned = await activate(db, delivery.drivers, after, { revision, decisions: [] }, operator, signal);
  if (isRefusal(turned)) throw new Error(turned.title.english);
  await deliverAll(delivery);
}

async function check(): Promise<DriftReport> {
  await askCheck(db, after);
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  const logger = createLogger('test', 'silent');
  const context = {
    dataSource: db,
    drivers: delivery.drivers,
    logger,
    onOwnError: () => undefined,
    settings,
  };
  if (claim) await runCheck(context, claim, signal);
  const found = await readReport(db, after, { after: 0, limit: 100 });
  if (isRefusal(found)) throw new Error(found.title.english);
  await deliverAll(delivery);
  return found;
}

const records = () => structuredClone(target.records);
const state = async () => (await readTargetStatus(db)).find(({ id }) => id === after)?.state;

it('what has ended in a target that is taken over stays as it is', async () => {
  const held = records();
  expect(held.size).toBe(5);
  const seen = await observe(db, delivery.drivers, after, signal);
  if (isRefusal(seen)) throw new Error(seen.title.english);
  expect([seen.adopt.length, seen.create, seen.foreign]).toEqual([5, [], []]);
  await turnOn();
  expect(target.records).toEqual(held);
  expect(await check()).toMatchObject({ state: 'verified', extra: 0, altered: 0, foreign: 0 });
  expect(target.records).toEqual(held);
  expect(await state()).toBe('in-step');
});

it('an entry that goes back gets the record that it had then', async () => {
  await turnOn();
  const first = target.withKey(conceptNumber(2))[0]?.id ?? '';
  await publish(['1 A1 a', '2 A1.1 b', '3 A2 c'], '2025-01-01');
  expect(await state()).toBe('in-step');
  expect(target.records.get(first)?.content).toMatchObject({ code: 'A1.1', title: 'b', active: true });
  expect(target.records.size).toBe(5);
});

it('an ended record of which nobody knew is taken for what it is, and is not renamed', async () => {
  await turnOn();
  const held = records();
  await run(
    db,
    sql`delete from link where target_id = ${after} and concept_id = ${conceptNumber(2)} and generation = 1`,
  );
  expect(await check()).toMatchObject({ state: 'drifted', extra: 1, altered: 0 });
  expect(target.records).toEqual(held);
  expect(await check()).toMatchObject({ state: 'verified', extra: 0 });
});

it('an ended record that says what no entry of its concept was is not touched', async () => {
  await turnOn();
  target.hold('odd', 'Z9 (cessata 2020-01-01 00000002-7)', 'z', { active: false, validTo: '2019-12-31' });
  const odd = target.records.get('odd');
  if (odd) odd.key = `${conceptNumber(2)}:7`;
  const held = records();
  expect(await check()).toMatchObject({ state: 'verified', extra: 0, foreign: 1 });
  expect(target.records).toEqual(held);
});

it('nor is its key given to another record, when its entry gets one more', async () => {
  await turnOn();
  target.hold('odd', 'Z9 (cessata 2020-01-01 00000002-3)', 'z', { active: false, validTo: '2019-12-31' });
  const odd = target.records.get('odd');
  if (odd) odd.key = `${conceptNumber(2)}:3`;
  const held = structuredClone(odd);
  for (let i = 0; i < 2; i++)
    expect(await check()).toMatchObject({ state: 'verified', extra: 0, foreign: 1 });
  await publish(['1 A1 a', '2 A1.7 g', '3 A2 c'], '2025-01-01');
  expect(await state()).toBe('in-step');
  expect(target.withKey(`${conceptNumber(2)}:3`)).toEqual([held]);
  expect(target.withKey(`${conceptNumber(2)}:4`)).toMatchObject([
    { content: { code: 'A1.7', active: true } },
  ]);
});

it('a record that ended alone is not used for what its entry means now', async () => {
  const heir = target.withKey(`${conceptNumber(2)}:2`)[0]?.id ?? '';
  target.records.delete(heir);
  const ended = structuredClone(target.withKey(conceptNumber(2)));
  await turnOn();
  expect(target.withKey(conceptNumber(2))).toEqual(ended);
  expect(target.withKey(`${conceptNumber(2)}:2`)).toMatchObject([
    { content: { code: 'A2.2', active: true } },
  ]);
  expect(await check()).toMatchObject({ state: 'verified', extra: 0 });
});

it('an entry with many records that have ended is taken over without a request for any of them', async () => {
  const codes = Array.from({ length: 11 }, (_, i) => `A1.${i + 1}`);
  for (const [i, code] of codes.entries())
    await publish(['1 A1 a', '3 A2 c', `5 ${code} e`], `2025-01-${10 + i}`);
  await run(db, sql`update target set paused = false where id = ${before}`);
  await deliverAll(delivery);
  const held = records();
  await run(db, sql`update target set paused = true where id = ${before}`);
  const requests = target.calls.length;
  await turnOn(3 + codes.length);
  const sent = target.calls.slice(requests).flat();
  expect(sent.map(({ content }) => content.active)).not.toContain(false);
  expect(target.records).toEqual(held);
  expect(await state()).toBe('in-step');
  expect(await check()).toMatchObject({ state: 'verified', altered: 0, extra: 0 });
});

it('one that has ended, and says something else beside its code, is written as what it meant', async () => {
  const ended = target.withKey(conceptNumber(2))[0];
  if (!ended) throw new Error('no record');
  const held = structuredClone(ended);
  ended.content = { ...ended.content, title: 'di altri' };
  await turnOn();
  expect(target.records.get(ended.id)).toEqual(held);
});

it('a record with a key of ours of which a person said that it is nobody’s of ours is not touched, nor named again', async () => {
  await turnOn();
  target.hold('closed', 'Z9 (cessata 2020-01-01 00000002-7)', 'z', { active: false, validTo: '2019-12-31' });
  target.hold('used', 'Z8', 'z');
  for (const [place, externalId] of ['closed', 'used'].entries()) {
    const record = target.records.get(externalId);
    if (record) record.key = `${conceptNumber(2)}:${7 + place}`;
    const decision = { externalId, conceptId: null };
    expect(await adopt(db, delivery.drivers, after, decision, operator, signal)).toBe(null);
  }
  const held = records();
  expect(await check()).toMatchObject({ state: 'verified', extra: 0, foreign: 0 });
  expect(target.records).toEqual(held);
  await publish(['1 A1 a', '2 A1.7 g', '3 A2 c'], '2025-01-01');
  expect(target.withKey(`${conceptNumber(2)}:9`)).toMatchObject([{ content: { code: 'A1.7' } }]);
});

it('one that was closed in words that are not ours, alone of its entry, is not opened for what that means now', async () => {
  const [ended] = target.withKey(conceptNumber(2));
  if (!ended) throw new Error('no record');
  target.records.delete(target.withKey(`${conceptNumber(2)}:2`)[0]?.id ?? '');
  ended.content = { ...ended.content, code: 'A1.1 (chiusa dal 2024)' };
  const held = structuredClone(ended);
  const seen = await observe(db, delivery.drivers, after, signal);
  expect(seen).toMatchObject({ foreign: [{ externalId: ended.id }], create: [{ code: 'A2.2' }] });
  await turnOn();
  expect(target.records.get(ended.id)).toEqual(held);
  expect(target.withKey(`${conceptNumber(2)}:2`)).toMatchObject([
    { content: { code: 'A2.2', active: true } },
  ]);
  expect(await state()).toBe('in-step');
  expect(await check()).toMatchObject({ state: 'verified', foreign: 1 });
  expect(target.records.get(ended.id)).toEqual(held);
});
