import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, isRefusal, run, sql } from '#platform';
import { personOf } from '../audit/person.ts';
import { readAudit } from '../audit/read-audit.ts';
import { stillStanding } from '../delivery/still-standing.ts';
import { CatalogClient } from '../intake/catalog-client.ts';
import { Intake } from '../intake/intake.ts';
import { repairOnce } from '../intake/repair.ts';
import { act } from '../operations/act.ts';
import { adopt } from '../rollout/adopt.ts';
import { pin } from '../rollout/pin.ts';
import { setRollout } from '../rollout/waves.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { startFakeCatalog, type FakeCatalog } from '../testing/fake-catalog.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { rollBack } from './roll-back.ts';
import { takenBack } from './take-ground.ts';

const scheme = 'map';
const { signal } = new AbortController();
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let target: SimulatedTarget;
let catalog: FakeCatalog;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
  catalog = await startFakeCatalog(new MapHistory(scheme));
});
afterAll(async () => {
  await catalog.close();
  await database.close();
});
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
  target = new SimulatedTarget();
  await registerTargets(db, ['t'], scheme);
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const delivery = () => deliveryTo(db, { t: target }, { pausesMs: [60_000] });
const deliver = (): Promise<void> => deliverAll(delivery());
const titles = () =>
  target
    .active()
    .map(({ content }) => `${content.code} ${content.title}`)
    .sort();
const status = async () => {
  const [found] = await statusInEnglish(db);
  return found;
};
const release = () => inTransaction(db, (transaction) => act(transaction, 'release', 't'));
const audit = async (subject: string) => {
  const found = await readAudit(db, { after: 0, limit: 100, subject });
  if (isRefusal(found)) throw new Error(found.code);
  return found.items.map(({ action, details }) => ({ action, details }));
};

/** The replica goes back to revision 1, and takes in another revision 2. */
async function takeOther(...lines: string[]): Promise<void> {
  const restored = new MapHistory(scheme);
  const [first] = history.revisions;
  if (!first) throw new Error('nothing is published');
  restored.publish(mapOf(['1 A1 a', '2 A1.1 b']));
  const { changes, inForce } = restored.publish(mapOf(lines));
  const personId = await personOf(db, { id: 'replica-repair' });
  await inTransaction(db, (transaction) =>
    rollBack(transaction, scheme, 1, [first.inForce, inForce], personId),
  );
  const intake = new Intake(db, database.logger);
  await intake.takeChanges(changes, null);
  await intake.takeRevisions([inForce], null);
}

const repair = (from: MapHistory, intake = new Intake(db, database.logger)) => {
  catalog.history = from;
  return repairOnce({
    dataSource: db,
    catalog: new CatalogClient(catalog.address),
    intake,
    holeMs: 1e9,
    logger: database.logger,
    signal,
  });
};

describe('when the catalog has another history', () => {
  it('a target under way to a revision that is taken back is not called in step, and ends with the new one', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    const write = target.write.bind(target);
    target.write = async (...request) => {
      const answers = await write(...request);
      target.write = write;
      await takeOther('1 A1 NEW', '2 A1.1 b');
      return answers;
    };
    await publish('1 A1 old', '2 A1.1 b');
    await deliver();
    expect(await status()).toMatchObject({
      state: 'quarantined',
      applied: 1,
      reason: expect.stringContaining(takenBack),
    });
    await release();
    await deliver();
    expect(titles()).toEqual(['A1 NEW', 'A1.1 b']);
    expect(await status()).toMatchObject({ state: 'in-step', applied: 2, desired: 2 });
  });

  it('what a killed process sent unseen of the old one is sent anew, whatever number the new one has', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    await publish('1 A1 old', '2 A1.1 b', '3 A2 gone');
    target.interfere = () => 'lose-answers';
    await deliver();
    target.interfere = () => null;
    expect(titles()).toEqual(['A1 old', 'A1.1 b', 'A2 gone']);
    await takeOther('1 A1 a', '2 A1.1 NEW');
    await endPauses(db);
    await deliver();
    expect(await status()).toMatchObject({ state: 'quarantined' });
    await release();
    await deliver();
    expect(titles()).toEqual(['A1 a', 'A1.1 NEW']);
    expect(await status()).toMatchObject({ state: 'in-step', applied: 2 });
  });

  it('a target with a part of a revision that is no more waits for a person, though nothing is under way', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    target.capabilities.batchSize = 1;
    const first = target.calls.length + 1;
    target.interfere = (_, call) => (call > first ? 'slow-down' : null);
    await publish('1 A1 old', '2 A1.1 old');
    await deliver();
    target.interfere = () => null;
    expect(titles()).toEqual(['A1 old', 'A1.1 b']);
    expect(await run(db, sql`select attempting from target`)).toEqual([{ attempting: null }]);
    await takeOther('1 A1 a', '2 A1.1 NEW');
    await endPauses(db);
    await deliver();
    expect(await status()).toMatchObject({ state: 'quarantined', applied: 1 });
    expect(titles()).toEqual(['A1 old', 'A1.1 b']);
    await release();
    await deliver();
    expect(titles()).toEqual(['A1 a', 'A1.1 NEW']);
    expect(await status()).toMatchObject({ state: 'in-step', applied: 2 });
  });

  it('nothing is sent to who holds what is no more, before a person has looked and lets it go', async () => {
    await publish('1 A1 a', '2 A1.1 b', '3 A2 c');
    await deliver();
    const calls = target.calls.length;
    const other = new MapHistory(scheme);
    const { inForce } = other.publish(mapOf(['11 A1 a', '12 A1.1 b', '13 A2 c']));
    await new Intake(db, database.logger).takeRevisions([inForce], 'another epoch');
    await repair(other);
    await deliver();
    expect(await status()).toMatchObject({ state: 'quarantined', reason: `in quarantine: ${takenBack}` });
    expect(target.calls).toHaveLength(calls);
    await release();
    await deliver();
    expect(titles()).toEqual(['A1 a', 'A1.1 b', 'A2 c']);
    expect(await status()).toMatchObject({ state: 'in-step', applied: 1 });
  });

  it('what was decided of revisions that are gone ends, and the audit log says so; the rest stays', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await publish('1 A1 old', '2 A1.1 b');
    await inTransaction(db, (transaction) => pin(transaction, 't', 2));
    for (const revision of [1, 2]) await setRollout(db, scheme, revision, 1);
    await adopt(db, 'o', { scheme, revision: 2, from: '2024-02-01' });
    await takeOther('1 A1 NEW', '2 A1.1 b');
    expect(await run(db, sql`select pinned_revision as pin from target`)).toEqual([{ pin: null }]);
    expect(await run(db, sql`select revision from rollout`)).toEqual([{ revision: 1 }]);
    expect(await run(db, sql`select from adoption`)).toEqual([]);
    expect(await audit('target/t')).toContainEqual({
      action: 'pin-taken-back',
      details: { revision: 2, because: 'the catalog took the revision back' },
    });
    expect(await audit('scheme/map')).toMatchObject([
      {
        action: 'acts-taken-back',
        details: { after: 1, rollouts: [{ revision: 2, waves: 1 }], adoptions: [{ organisation: 'o' }] },
      },
    ]);
  });
});

describe('when the replica is damaged', () => {
  it('its repair takes nothing back that people decided or targets hold, and sends nothing before it is whole', async () => {
    await publish('1 A1 uno', '2 A1.1 due');
    await publish('1 A1 uno', '2 A1.1 due', '3 A1.2 tre');
    await deliver();
    await publish('1 A1 HELD', '2 A1.1 HELD', '3 A1.2 HELD');
    await setRollout(db, scheme, 3, 0);
    await adopt(db, 'o', { scheme, revision: 3, from: '2099-01-01' });
    await deliver();
    const { changes, inForce } = history.publish(
      mapOf(['1 A1 HELD', '2 A1.1 HELD', '3 A1.2 HELD', '4 A2 four']),
    );
    await run(
      db,
      sql`insert into revision (scheme, number, edition, effective_date, changes, content_hash, base_revision, published_at, problem, repairs, repair_at)
          values (${scheme}, 4, 'test', '2099-01-01', ${changes.length}, ${inForce.contentHash}, 3, now(), 'hash differs', 1, now())`,
    );
    const calls = target.calls.length;
    const intake = new Intake(db, database.logger);
    const reasons = new Set<string | null>();
    const advance = intake.advance.bind(intake);
    intake.advance = async (each) => {
      await deliver();
      reasons.add((await status())?.reason ?? null);
      await advance(each);
      await deliver();
    };
    await repair(history, intake);
    await deliver();
    expect(target.calls).toHaveLength(calls);
    expect(titles()).toEqual(['A1 uno', 'A1.1 due', 'A1.2 tre']);
    expect(await status()).toMatchObject({ state: 'in-step', applied: 2, desired: 2, reason: null });
    expect(reasons).toContain(
      'the map is fetched anew from the catalog; nothing is sent before revision 3 is here again',
    );
    expect(await run(db, sql`select revision, waves from rollout`)).toEqual([{ revision: 3, waves: 0 }]);
    expect(await run(db, sql`select revision from adoption`)).toEqual([{ revision: 3 }]);
    expect(
      await run(db, sql`select max(number) as number from revision where applied_at is not null`),
    ).toEqual([{ number: 4 }]);
    expect(await run(db, sql`select from replica_repair`)).toEqual([]);
  });

  it('a target whose turn read half of the replica sends nothing of it', async () => {
    await publish('1 A1 a', '2 A1.1 b');
    await deliver();
    const personId = await personOf(db, { id: 'replica-repair' });
    const [ground] = await run<{ resets: number; heldSince: string }>(
      db,
      sql`select t.resets, r.applied_at::text as "heldSince" from target t join revision r using (scheme)`,
    );
    const turn = { targetId: 't', scheme, desired: 1, resets: 0, heldSince: '', ...ground };
    expect(await stillStanding(db, [turn])).toEqual(new Set(['t']));
    const [first] = history.revisions;
    await inTransaction(db, (transaction) =>
      rollBack(transaction, scheme, 0, first ? [first.inForce] : [], personId),
    );
    const after = { ...turn, resets: turn.resets + 1 };
    expect(await stillStanding(db, [turn])).toEqual(new Set());
    expect(await stillStanding(db, [after])).toEqual(new Set());
    await repair(history);
    await new Intake(db, database.logger).takeChanges(first?.changes ?? [], null);
    expect(await run(db, sql`select from replica_repair`)).toEqual([]);
    // The replica is whole again, but what was read meanwhile was not.
    expect(await stillStanding(db, [after])).toEqual(new Set());
    await deliver();
    expect(await status()).toMatchObject({ state: 'in-step', applied: 1 });
  });
});
