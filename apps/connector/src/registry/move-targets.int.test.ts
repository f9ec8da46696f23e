import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, inTransaction, isRefusal, run, sql } from '#platform';
import { readAudit } from '../audit/read-audit.ts';
import { claimCheck } from '../drift/claim-check.ts';
import { runCheck } from '../drift/run-check.ts';
import { sumUpTargets } from '../metrics/summed-up.ts';
import { skip } from '../operations/skip.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, deliveryTo, emptyDatabase, takeIn } from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { applyTargets } from './apply-targets.ts';
import type { TargetsFile } from './targets-file.ts';

let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let old: SimulatedTarget;
let fresh: SimulatedTarget;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory('map');
  old = new SimulatedTarget();
  fresh = new SimulatedTarget();
});

const systemAt = (id: string, address = `http://127.0.0.1/${id}`) => ({
  id,
  address,
  user: '',
  secret: 'env:TARGET_SECRET',
  concurrency: 4,
  rateLimitPerSecond: null,
  windows: [],
  blackouts: [],
});

/** One target, on system `one` unless the change says otherwise. */
function fileWith(change: Partial<TargetsFile> = {}, target: Partial<TargetsFile['targets'][number]> = {}) {
  const profile = {
    kind: 'crm',
    driver: 'simulated',
    language: 'it',
    missingTitle: 'show',
    policies: {},
    settings: {},
    offsetDays: 0,
    guard: 'hold',
  } as const;
  return {
    organisations: [{ id: 'o', name: 'Ente', adopts: 'on-effective-date', wave: 1 }],
    systems: [systemAt('one'), systemAt('two')],
    profiles: [{ ...profile, id: 'map' }],
    targets: [
      {
        id: 't',
        organisation: 'o',
        system: 'one',
        profile: 'map',
        scheme: 'map',
        settings: {},
        mode: 'on',
        ...target,
      },
    ],
    ...change,
  } satisfies TargetsFile;
}

async function apply(file: TargetsFile, sameRecords = false, unlist = 0): Promise<void> {
  const applied = await applyTargets(db, file, { id: 'anna' }, { sameRecords, unlist });
  if (isRefusal(applied)) throw new Error(JSON.stringify(applied));
}

async function pathsOfRefusal(file: TargetsFile): Promise<(string | undefined)[]> {
  const refused = await applyTargets(db, file, { id: 'anna' });
  return isRefusal(refused) ? refused.problems.map(({ path }) => path) : [];
}

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const delivery = () => deliveryTo(db, { one: old, two: fresh, old, new: fresh });
const deliver = (): Promise<void> => deliverAll(delivery());
const status = async () => (await statusInEnglish(db))[0];
const codesOf = (target: SimulatedTarget): string[] =>
  [...target.records.values()].map(({ content }) => `${content.code} ${content.title}`).sort();

/** The check that is due, if any. */
async function check(): Promise<boolean> {
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
  if (!claim) return false;
  await runCheck(
    {
      dataSource: db,
      drivers: delivery().drivers,
      logger: createLogger('test', 'silent'),
      onOwnError: () => undefined,
      settings: { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 },
    },
    claim,
    new AbortController().signal,
  );
  return true;
}

const moved = fileWith({}, { system: 'two' });

describe('a target with records', () => {
  beforeEach(async () => {
    await apply(fileWith());
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    await check();
    expect(await status()).toMatchObject({ state: 'in-step', verifiedAt: expect.any(String) });
  });

  it('does not move to another system or address unless its records are said to be the same there', async () => {
    expect(await pathsOfRefusal(moved)).toEqual(['targets[0].system']);
    const elsewhere = fileWith({ systems: [systemAt('one', 'http://127.0.0.1/new'), systemAt('two')] });
    expect(await pathsOfRefusal(elsewhere)).toEqual(['systems[0].address']);
    expect(await status()).toMatchObject({
      state: 'in-step',
      system: 'one',
      address: 'http://127.0.0.1/one',
    });
  });

  it('that the file does not name moves with its system all the same', async () => {
    const elsewhere = fileWith({
      systems: [systemAt('one', 'http://127.0.0.1/new'), systemAt('two')],
      targets: [],
    });
    expect(await pathsOfRefusal(elsewhere)).toEqual(['systems[0].address']);
    await apply(elsewhere, true, 1);
    await apply(fileWith({ systems: elsewhere.systems }));
    await publish('1 A1 A', '2 A1.1 b');
    await deliver();
    expect(fresh.calls).toEqual([]);
    expect(await status()).toMatchObject({ state: 'behind', verifiedAt: null });
  });

  it('that moves gets nothing before a check has found its records, and then is verified at its new place', async () => {
    for (const [id, record] of old.records) fresh.records.set(id, record);
    await apply(moved, true);
    await publish('1 A1 A', '2 A1.1 b');
    await deliver();
    expect(await status()).toMatchObject({
      state: 'behind',
      verifiedAt: null,
      reason: expect.stringContaining('nothing is sent before a check has found its records there'),
    });
    expect(await check()).toBe(true);
    await deliver();
    expect(await status()).toMatchObject({ state: 'in-step', applied: 2, verifiedAt: expect.any(String) });
    expect(codesOf(fresh)).toEqual(['A1 A', 'A1.1 b']);
    const audit = await readAudit(db, { after: 0, limit: 100, subject: 'target/t' });
    expect(audit.items.map(({ action }) => action)).toContain('target-moved');
  });

  it('that moves leaves the records of others alone, also where they have ids of ours', async () => {
    fresh.hold('r1', 'X1', 'di altri');
    await apply(moved, true);
    await check();
    await publish('1 A1 A', '2 A1.1 b');
    await deliver();
    expect(codesOf(fresh)).toEqual(['A1 A', 'A1.1 b', 'X1 di altri']);
    expect(await status()).toMatchObject({ state: 'in-step', applied: 2 });
  });

  it('that moves to where none of its many records are waits for a person', async () => {
    const many = Array.from({ length: 60 }, (_, i) => `${i + 10} B${i + 10} t${i}`);
    await publish('1 A1 a', '2 A1.1 b', ...many);
    await deliver();
    await apply(moved, true);
    await check();
    await deliver();
    expect(await status()).toMatchObject({
      state: 'behind',
      reason: expect.stringContaining('the last check found 62 wrong'),
    });
    expect(fresh.calls).toEqual([]);
  });
});

it('settings that say where records stand, or in which field, are a move too; the others are not', async () => {
  const crm = (settings: TargetsFile['profiles'][number]['settings']) => ({
    profiles: fileWith().profiles.map((profile) => ({ ...profile, driver: 'crm-sobject', settings })),
  });
  await apply(fileWith(crm({})));
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        values ('t', gen_random_uuid(), 1, 'x', 'current', 'A1')`,
  );
  expect(await pathsOfRefusal(fileWith(crm({ object: 'Code__c' })))).toEqual(['profiles[0].settings.object']);
  const own = fileWith(crm({}), { settings: { fields: { title: 'T__c' } } });
  expect(await pathsOfRefusal(own)).toEqual(['targets[0].settings.fields']);
  await apply(fileWith(crm({ object: 'Activity__c', batchSize: 10 })));
  expect(await run(db, sql`select awaits_check as awaits from target`)).toEqual([{ awaits: false }]);
  await apply(own, true);
  expect(await run(db, sql`select awaits_check as awaits from target`)).toEqual([{ awaits: true }]);
});

it('a target that is moved while requests are under way keeps no answer of the old place', async () => {
  await apply(fileWith());
  await publish('1 A1 a', '2 A1.1 b');
  const write = old.write.bind(old);
  const refusals: unknown[] = [];
  old.write = async (...request) => {
    old.write = write;
    refusals.push(...(await pathsOfRefusal(moved)));
    await apply(moved, true);
    return write(...request);
  };
  await deliver().catch(() => undefined);
  expect(refusals).toEqual(['targets[0].system']);
  expect(await run(db, sql`select from link where state <> 'pending'`)).toEqual([]);
  expect(fresh.records.size).toBe(0);
  await check();
  await deliver();
  expect(await status()).toMatchObject({ state: 'in-step', system: 'two' });
  expect(codesOf(fresh)).toEqual(['A1 a', 'A1.1 b']);
});

it('a target that took nothing of its map starts from nothing with another one', async () => {
  old.refusedCodes.add('A1').add('A2');
  await apply(fileWith());
  await publish('1 A1 a', '2 A2 b');
  const other = new MapHistory('map2');
  await takeIn(db, other.publish(mapOf(['7 B1 x', '8 B2 y'])));
  await deliver();
  expect(await status()).toMatchObject({ state: 'stuck', stuck: 2 });
  await run(
    db,
    sql`insert into skip (target_id, concept_id, because_of, reason)
        select target_id, concept_id, concept_id, 'no' from stuck limit 1`,
  );
  await run(db, sql`update target set pinned_revision = 1`);
  await apply(fileWith({}, { scheme: 'map2' }));
  old.refusedCodes.clear();
  await deliver();
  expect(await status()).toMatchObject({ state: 'in-step', applied: 1, stuck: 0, skipped: 0 });
  expect(codesOf(old)).toEqual(['B1 x', 'B2 y']);
  expect(await run(db, sql`select pinned_revision as pin from target`)).toEqual([{ pin: null }]);
});

it('a target whose ledger does not add up after everything was compared says so', async () => {
  await apply(fileWith());
  await publish('1 A1 a');
  await deliver();
  // A record of which the map knows nothing.
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, hash)
        values ('t', gen_random_uuid(), 1, 'x', 'current', 'Z1', repeat('0', 64))`,
  );
  await publish('1 A1 b');
  await deliver();
  expect(await status()).toMatchObject({
    state: 'behind',
    applied: 2,
    desired: 2,
    reason: expect.stringContaining('what the target acknowledged is still not the map'),
  });
  expect(await sumUpTargets(db)).toMatchObject([{ state: 'behind', notAddingUp: 1 }]);
});

it('a code that an operator skipped does not hide that the ledger does not add up', async () => {
  await apply(fileWith());
  old.refusedCodes.add('A2');
  await publish('1 A1 a', '2 A2 b');
  await deliver();
  await inTransaction(db, (transaction) => skip(transaction, 't', 'A2', 'not here'));
  await run(
    db,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, hash)
        values ('t', gen_random_uuid(), 1, 'x', 'current', 'Z1', repeat('0', 64))`,
  );
  await publish('1 A1 c', '2 A2 b');
  await deliver();
  expect(await run(db, sql`select count(*)::int as stuck from stuck`)).toEqual([{ stuck: 1 }]);
  expect(await status()).toMatchObject({
    state: 'behind',
    skipped: 1,
    reason: expect.stringContaining('is still not the map'),
  });
});
