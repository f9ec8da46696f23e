import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, isRefusal, run, sql, type ActorIdentity } from '#platform';
import type { ConceptId } from '#taxonomy';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { askCheck, readReport } from '../drift/ask-check.ts';
import { claimCheck } from '../drift/claim-check.ts';
import { runCheck } from '../drift/run-check.ts';
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
import { adopt } from './adopt.ts';
import { observe } from './observe.ts';

const id = 'target';
const operator: ActorIdentity = { id: 'anna', roles: ['operator'] };
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let target: SimulatedTarget;
let delivery: DeliveryContext;
let history: MapHistory;
/** The audit log is never emptied: its end when a test begins. */
let before: number;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** A1.1 and what stands below it are stuck, because a record of somebody else has the code. */
beforeEach(async () => {
  await emptyDatabase(db);
  const [last] = await run<{ position: number }>(
    db,
    sql`select coalesce(max(position), 0)::int as position from audit`,
  );
  before = last?.position ?? 0;
  target = new SimulatedTarget();
  target.hold('theirs', 'A1.1', 'Bilancio e conti');
  target.hold('local', 'LOCALE', 'Voce locale');
  delivery = deliveryTo(db, { [id]: target });
  await registerTargets(db, [id], 'map');
  history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 Pianificazione', '2 A1.1 Bilancio', '3 A1.1.1 Conti'])));
  await deliverAll(delivery);
});

const decide = (externalId: string, conceptId: ConceptId | null) =>
  adopt(db, delivery.drivers, id, { externalId, conceptId }, operator, signal);
const codeOf = async (refused: ReturnType<typeof decide>): Promise<string | null> => {
  const answer = await refused;
  return isRefusal(answer) ? answer.code : null;
};
const status = async () => (await readTargetStatus(db))[0];
const links = () =>
  run(
    db,
    sql`select generation, external_id as id, state from link where concept_id = ${conceptNumber(2)} order by 1`,
  );
const audit = () =>
  run(
    db,
    sql`select action, subject, details from audit where action like 'record-%' and position > ${before} order by position`,
  );

async function check() {
  await askCheck(db, id);
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
  const settings = { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 };
  const context = {
    dataSource: db,
    drivers: delivery.drivers,
    logger: createLogger('test', 'silent'),
    onOwnError: () => undefined,
    settings,
  };
  if (claim) await runCheck(context, claim, signal);
  return report();
}
async function report() {
  const found = await readReport(db, id, { after: 0, limit: 100 });
  if (isRefusal(found)) throw new Error(found.code);
  return found;
}
const foreign = ({ findings }: Awaited<ReturnType<typeof report>>): (string | null)[] =>
  findings.flatMap(({ kind, externalId }) => (kind === 'foreign' ? [externalId] : []));

describe('a record of somebody else', () => {
  it('becomes the record of an entry, is made equal to the map, and what waited for it follows', async () => {
    expect(await status()).toMatchObject({ state: 'stuck', stuck: 2, items: 1 });
    expect(foreign(await check())).toEqual(['theirs', 'local']);
    expect(await decide('theirs', conceptNumber(2))).toBeNull();
    expect(foreign(await report())).toEqual(['local']);
    await deliverAll(delivery);
    expect(await status()).toMatchObject({ state: 'in-step', stuck: 0, items: 3 });
    expect(target.records.get('theirs')).toMatchObject({
      key: conceptNumber(2),
      content: { code: 'A1.1', title: 'Bilancio', parent: target.withKey(conceptNumber(1))[0]?.id },
    });
    expect(target.withKey(conceptNumber(2))).toHaveLength(1);
    expect(await check()).toMatchObject({ state: 'verified', foreign: 1 });
    expect(await audit()).toEqual([
      {
        action: 'record-adopted',
        subject: `target/${id}`,
        details: {
          externalId: 'theirs',
          conceptId: conceptNumber(2),
          code: 'A1.1',
          title: 'Bilancio e conti',
        },
      },
    ]);
  });

  it('is declared not ours: nobody is asked about it again, and it stays as it is', async () => {
    expect(await decide('local', null)).toBeNull();
    expect(await decide('theirs', null)).toBeNull();
    expect(await check()).toMatchObject({ foreign: 0, findings: [] });
    const seen = await observe(db, delivery.drivers, id, signal);
    if (isRefusal(seen)) throw new Error(seen.code);
    expect([seen.ask, seen.foreign.map(({ externalId }) => externalId).sort()]).toEqual([
      [],
      ['local', 'theirs'],
    ]);
    expect(target.records.get('local')?.key).toBe('');
    expect(await audit()).toMatchObject([
      { action: 'record-declared-foreign' },
      { action: 'record-declared-foreign' },
    ]);
  });

  it('may be adopted although it was declared not ours before', async () => {
    await decide('theirs', null);
    expect(await decide('theirs', conceptNumber(2))).toBeNull();
    await deliverAll(delivery);
    expect(await status()).toMatchObject({ state: 'in-step' });
    expect(await run(db, sql`select from not_ours`)).toEqual([]);
  });

  it('takes the place of the record that is about to be made', async () => {
    await run(
      db,
      sql`insert into link (target_id, concept_id, generation, state, code) values (${id}, ${conceptNumber(2)}, 3, 'pending', 'A1.1')`,
    );
    expect(await decide('theirs', conceptNumber(2))).toBeNull();
    await deliverAll(delivery);
    expect(await links()).toEqual([{ generation: 3, id: 'theirs', state: 'current' }]);
    expect(await status()).toMatchObject({ state: 'in-step' });
  });

  it('becomes the next record of an entry that had one', async () => {
    await run(
      db,
      sql`insert into link (target_id, concept_id, generation, external_id, state, code, hash)
          values (${id}, ${conceptNumber(2)}, 1, 'long-gone', 'deleted', 'A1.1', 'x')`,
    );
    expect(await decide('theirs', conceptNumber(2))).toBeNull();
    await deliverAll(delivery);
    expect(await links()).toMatchObject([
      { state: 'deleted' },
      { generation: 2, id: 'theirs', state: 'current' },
    ]);
    expect(target.records.get('theirs')?.key).toBe(`${conceptNumber(2)}:2`);
  });

  it('ends as the record of an entry that left the map, and until then the target is not in step', async () => {
    await takeIn(db, history.publish(mapOf(['1 A1 Pianificazione'])));
    await deliverAll(delivery);
    expect(await status()).toMatchObject({ state: 'in-step' });
    expect(await decide('local', null)).toBeNull();
    expect(await status()).toMatchObject({ state: 'in-step' });
    expect(await decide('theirs', conceptNumber(2))).toBeNull();
    expect(await status()).toMatchObject({ state: 'behind' });
    await deliverAll(delivery);
    expect(await status()).toMatchObject({ state: 'in-step' });
    expect(target.records.get('theirs')?.content.active).toBe(false);
  });
});

describe('nothing is decided', () => {
  it('twice: not for a record that is ours, nor for an entry that has one', async () => {
    const ours = target.withKey(conceptNumber(1))[0]?.id ?? '';
    expect(await codeOf(decide(ours, conceptNumber(2)))).toBe('record-linked');
    expect(await codeOf(decide(ours, null))).toBe('record-linked');
    expect(await codeOf(decide('local', conceptNumber(1)))).toBe('concept-has-record');
    const both = await Promise.all([
      codeOf(decide('theirs', conceptNumber(2))),
      codeOf(decide('local', conceptNumber(2))),
    ]);
    expect(new Set(both)).toEqual(new Set(['concept-has-record', null]));
    target.hold('third', 'ALTRA', 'Altra voce');
    const one = await Promise.all([codeOf(decide('third', conceptNumber(3))), codeOf(decide('third', null))]);
    expect(one).toContain(null);
    expect(await run(db, sql`select external_id from link group by 1 having count(*) > 1`)).toEqual([]);
  });

  it('of what is not there: no such record, entry or target, or a target that cannot be read', async () => {
    expect(await codeOf(decide('nowhere', conceptNumber(2)))).toBe('record-unknown');
    expect(await codeOf(decide('theirs', conceptNumber(99)))).toBe('concept-unknown');
    target.isAway = true;
    expect(await codeOf(decide('theirs', conceptNumber(2)))).toBe('target-unreadable');
    target.isAway = false;
    target.capabilities = { ...target.capabilities, canList: false };
    expect(await codeOf(decide('theirs', conceptNumber(2)))).toBe('target-not-listed');
    const other = await adopt(
      db,
      delivery.drivers,
      'none',
      { externalId: 'x', conceptId: null },
      operator,
      signal,
    );
    expect(isRefusal(other) && other.code).toBe('target-unknown');
    expect(await audit()).toEqual([]);
  });

  it('while a delivery is under way, which may make a record of the same entry, nor before the target is on', async () => {
    await run(db, sql`update target set attempting = 1`);
    expect(await codeOf(decide('theirs', conceptNumber(2)))).toBe('delivery-under-way');
    await run(db, sql`update target set attempting = null, mode = 'observe'`);
    expect(await codeOf(decide('theirs', conceptNumber(2)))).toBe('only-observed');
    expect(await links()).toEqual([]);
  });
});
