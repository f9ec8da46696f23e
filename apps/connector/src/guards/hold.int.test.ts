import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noSteps, type StepCounts } from '#contracts';
import { inTransaction, run, sql } from '#platform';
import { appendAudit, type Act } from '../audit/audited.ts';
import { erasePerson } from '../audit/erase-person.ts';
import { personOf } from '../audit/person.ts';
import { sumUpTargets } from '../metrics/summed-up.ts';
import { act } from '../operations/act.ts';
import { pin } from '../rollout/pin.ts';
import { readProgress } from '../rollout/progress.ts';
import { RolloutController } from '../rollout/rollout.controller.ts';
import { readRollout } from '../rollout/waves.ts';
import { readTargetPage } from '../operations/target-status.ts';
import { summarise } from '../operations/target-summary.ts';
import { connectorDatabase, openDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  endPauses,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { applyTargets } from '../registry/apply-targets.ts';
import { readRegistry } from '../registry/read-registry.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { releaseHold } from './release-hold.ts';

const ids = ['t1', 't2', 't3'];
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let targets: Record<string, SimulatedTarget>;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory('map');
  targets = Object.fromEntries(ids.map((id) => [id, new SimulatedTarget()]));
  await registerOnOneSystem(db, ids, 'map');
  await publish(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d']);
  await deliver();
  for (const target of Object.values(targets)) target.calls.length = 0;
});

/** Publishes with a plan for the profile of the targets, or without any. */
async function publish(lines: readonly string[], planned?: Partial<StepCounts>): Promise<void> {
  const { changes, inForce } = history.publish(mapOf(lines));
  const counts = { ...noSteps(), ...planned };
  const plan = planned && [{ profile: 'map', targets: 3, refused: 0, counts }];
  await takeIn(db, { changes, inForce: { ...inForce, ...(plan && { plan }) } });
}
const deliver = (source = db): Promise<void> => deliverAll(deliveryTo(source, targets));
const one = async (id = 't1') => (await statusInEnglish(db, id))[0];
const states = async () => (await statusInEnglish(db)).map(({ state }) => state);
/** The target has no record of some concepts, and the ledger knows it. */
async function forget(id: string, ...concepts: readonly number[]): Promise<void> {
  const gone = await run<{ externalId: string }>(
    db,
    sql`delete from link where target_id = ${id} and concept_id = any(${concepts.map(conceptNumber)}::uuid[])
        returning external_id as "externalId"`,
  );
  for (const { externalId } of gone) targets[id]?.records.delete(externalId);
}

const base = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'];
const retitled = ['1 A1 a', '2 A1.1 B', '3 A1.2 C', '4 A2 d'];

describe('a target to which more would be done than was approved', () => {
  it('is held with the reason in words, and nothing is sent to it, while the others of its system go on', async () => {
    await forget('t1', 2, 3);
    await publish(retitled, { rename: 2 });
    await deliver();
    expect(await states()).toEqual(['held', 'in-step', 'in-step']);
    expect(await one()).toMatchObject({
      applied: 1,
      desired: 2,
      hold: {
        revision: 2,
        would: { created: 2, changed: 0, ended: 0 },
        approved: { created: 0, changed: 2, ended: 0 },
      },
      reason:
        'revision 2 would do more than was approved; records made or opened again: approved 0, would be 2',
    });
    expect(targets['t1']?.calls).toEqual([]);
    expect(await run(db, sql`select attempting from target where id = 't1'`)).toEqual([{ attempting: null }]);
  });

  it('shows in the summary, the filter and the figures', async () => {
    await forget('t2', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    expect(await summarise(db, {}, 'system')).toMatchObject({ states: { held: 1, 'in-step': 2 } });
    const page = await readTargetPage(db, { state: 'held' }, { limit: 10 });
    expect(page.targets.map(({ id }) => id)).toEqual(['t2']);
    expect(await sumUpTargets(db)).toContainEqual(expect.objectContaining({ state: 'held', targets: 1 }));
  });

  it('costs nothing more, and stays held after a restart', async () => {
    await forget('t1', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    const restarted = await openDatabase(database.appUrl);
    const begun = await run(db, sql`select id, turn_at from target order by id`);
    await deliver(restarted);
    await restarted.destroy();
    expect(await run(db, sql`select id, turn_at from target order by id`)).toEqual(begun);
    expect(await states()).toEqual(['held', 'in-step', 'in-step']);
    expect(targets['t1']?.calls).toEqual([]);
  });

  it('is looked at anew with the next revision, and goes on when both plans together allow it', async () => {
    await forget('t1', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    expect(await states()).toEqual(['held', 'in-step', 'in-step']);
    await publish([...retitled, '5 A3 new'], { create: 1 });
    await deliver();
    expect(await one()).toMatchObject({
      state: 'held',
      hold: { revision: 3, approved: { created: 1, changed: 2 } },
    });
    await publish([...retitled, '5 A3 new', '6 A4 more'], { create: 2 });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
  });

  it('stays in doubt where it was, so that what was sent unseen is looked for once it goes on', async () => {
    await run(db, sql`update target set attempting = 1 where id = 't1'`);
    await run(db, sql`update target set attempting = 2 where id = 't2'`);
    for (const id of ids) await forget(id, 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    expect(await states()).toEqual(['held', 'held', 'held']);
    expect(await run(db, sql`select attempting from target order by id`)).toEqual([
      { attempting: 0 },
      { attempting: 2 },
      { attempting: null },
    ]);
  });

  it('has a part of the revision before still, and is brought back whole from it', async () => {
    const target = targets['t1'] ?? new SimulatedTarget();
    target.capabilities.batchSize = 1;
    target.interfere = (_, call) => (call === 2 ? 'slow-down' : null);
    await publish(retitled, { rename: 2 });
    await deliver();
    expect(await one()).toMatchObject({ state: 'behind', applied: 1 });
    await publish([...retitled, '5 A3 new'], {});
    await endPauses(db);
    await deliver();
    expect(await one()).toMatchObject({ state: 'held', applied: 1, desired: 3 });
    await pin(db, 't1', 1);
    await deliver();
    const titles = target.active().map(({ content }) => content.title);
    expect(titles.sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(await one()).toMatchObject({ state: 'in-step', applied: 1, desired: 1 });
  });

  it('is held no more when the guard of its profile is put off', async () => {
    await forget('t1', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    await registerOnOneSystem(db, ids, 'map', {}, { guard: 'off' });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    expect(await run(db, sql`select from hold`)).toEqual([]);
  });

  it('stays held when what is registered for it changes, whatever is published, until a person releases it', async () => {
    await forget('t1', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    const { unlisted: _, ...registered } = await readRegistry(db);
    const profiles = registered.profiles.map((profile) => ({ ...profile, policies: { driftLimit: 30 } }));
    const file = { ...registered, profiles };
    expect(await applyTargets(db, file, { id: 'otto' })).toHaveLength(1);
    await deliver();
    expect(await states()).toEqual(['held', 'in-step', 'in-step']);
    expect((await one())?.reason).toContain('all of it is compared once it is released');
    await publish([...retitled, '5 A3 new'], { create: 1 });
    await deliver();
    expect(await states()).toEqual(['held', 'in-step', 'in-step']);
    expect(targets['t1']?.calls).toEqual([]);
    const release = (id: string) =>
      inTransaction(db, (transaction) =>
        releaseHold(transaction, 't1', { revision: 3, would: { created: 2, changed: 1, ended: 0 } }, { id }),
      );
    expect(await release('otto')).toMatchObject({ code: 'four-eyes' });
    expect(await release('olga')).toBeNull();
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
  });

  it('stays held when it is sent everything again, and so does what a later plan would spend on it', async () => {
    await publish(['1 A1 a', '2 A1.1 b'], {});
    await deliver();
    expect(await one()).toMatchObject({ state: 'held', hold: { would: { ended: 2 } } });
    await inTransaction(db, (transaction) => act(transaction, 'resync', 't1'));
    await deliver();
    expect(await one()).toMatchObject({ state: 'held' });
    await publish(['1 A1 a', '2 A1.1 B'], { rename: 1 });
    await deliver();
    expect(await one()).toMatchObject({
      state: 'held',
      hold: { would: { created: 0, changed: 1, ended: 2 } },
    });
    expect(targets['t1']?.calls).toEqual([]);
  });

  it('is not held any more when its revision is taken back', async () => {
    await forget('t1', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    await run(db, sql`delete from revision where number = 2`);
    expect(await one()).toMatchObject({ state: 'in-step', hold: null });
  });
});

describe('a target goes on', () => {
  it('that does what was approved, or less', async () => {
    await forget('t1', 4);
    await publish(['1 A1 a', '2 A1.1 B', '3 A1.3 c', '5 A3 e'], {
      rename: 1,
      renumber: 1,
      create: 1,
      end: 1,
    });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    expect(await run(db, sql`select from hold`)).toEqual([]);
  });

  it('that opens a record again after what goes below it, which is sent twice and counts once', async () => {
    const succeed = { renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' } as const;
    await registerOnOneSystem(db, ids, 'map', {}, { policies: succeed });
    await publish(['1 A1 a', '4 A2 d', '5 A2.1 e']);
    await deliver();
    await publish(['1 A1 a', '6 A2 f', '5 A2.1 e']);
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    await publish(['1 A1 a', '4 A2 d', '5 A2.1 e', '6 A5 f'], { create: 2, end: 1, move: 1 });
    await deliver();
    expect(await run(db, sql`select would, approved from hold`)).toEqual([]);
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
  });

  it('when a revision on its way has no plan, or none for its profile', async () => {
    await forget('t1', 2);
    await publish(retitled);
    await publish(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'], { rename: 2 });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    await forget('t1', 2);
    const { changes, inForce } = history.publish(mapOf(retitled));
    const plan = [{ profile: 'other', targets: 3, refused: 0, counts: noSteps() }];
    await takeIn(db, { changes, inForce: { ...inForce, plan } });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    // People see it where they look how far it has come.
    const newest = history.revisions.length;
    const unguarded = { guarded: false, withoutPlan: ['map'] };
    expect(await readRollout(db, 'map', newest)).toMatchObject(unguarded);
    expect(await readProgress(db, 'map', newest)).toMatchObject(unguarded);
    expect(await readRollout(db, 'map', newest - 1)).toMatchObject({ guarded: true, withoutPlan: [] });
    await run(db, sql`update profile set guard = 'off'`);
    expect(await readRollout(db, 'map', newest)).toMatchObject({ guarded: true });
  });

  it('by two revisions at once, when their plans together allow it', async () => {
    await act(db, 'pause', 't1');
    await publish(retitled, { rename: 2 });
    await deliver();
    await publish(['1 A1 a', '2 A1.1 B', '5 A3 e', '4 A2 D'], { rename: 1, create: 1, end: 1 });
    await act(db, 'resume', 't1');
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    await act(db, 'pause', 't1');
    await publish(['1 A1 a', '2 A1.1 B', '5 A3 e', '4 A2 D', '6 A4 f'], { create: 1 });
    await publish(['1 A1 a', '2 A1.1 B', '5 A3 e', '4 A2 D', '6 A4 f', '7 A5 g', '8 A6 h'], { create: 1 });
    await deliver();
    await act(db, 'resume', 't1');
    await deliver();
    expect(await one()).toMatchObject({ hold: { would: { created: 3 }, approved: { created: 2 } } });
  });

  it('with what was stuck, whatever was approved', async () => {
    targets['t1']?.refusedCodes.add('A3');
    await publish(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d', '5 A3 e', '6 A3.1 f'], { create: 2 });
    await deliver();
    expect(await states()).toEqual(['stuck', 'in-step', 'in-step']);
    targets['t1']?.refusedCodes.clear();
    await run(db, sql`update stuck set next_attempt_at = now()`);
    await publish(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d', '5 A3 E', '6 A3.1 f'], {});
    await deliver();
    expect(await states()).toEqual(['in-step', 'held', 'held']);
  });

  it('that has records to mend, as long as the map does nothing to these that was not approved', async () => {
    const mend = (concept: number) =>
      run(
        db,
        sql`update link set hash = null where concept_id = ${conceptNumber(concept)} and target_id = 't1'`,
      );
    await mend(4);
    await mend(2);
    await publish([...base, '5 A3 e'], { create: 1 });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    await mend(4);
    await publish(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 D', '5 A3 e'], {});
    await deliver();
    expect(await states()).toEqual(['held', 'held', 'held']);
  });

  it('that is new, or is taken back by a pin', async () => {
    await publish(retitled, {});
    await run(db, sql`update target set applied_revision = 0 where id = 't1'`);
    await run(db, sql`update target set applied_revision = 2, in_step = true where id = 't2'`);
    await run(db, sql`update target set pinned_revision = 1 where id = 't2'`);
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'held']);
  });
});

describe('a person releases a target', () => {
  const olga = { id: 'olga', roles: ['operator'] as const };
  const seen = { revision: 2, would: { created: 1, changed: 1, ended: 0 } };
  const release = (by = olga, what = seen) =>
    inTransaction(db, (transaction) => releaseHold(transaction, 't1', what, by));

  beforeEach(async () => {
    await forget('t1', 2);
    await publish(retitled, { rename: 2 });
    await deliver();
    expect(await one()).toMatchObject({ state: 'held', hold: seen });
  });

  it('which then does what was seen, and is in step', async () => {
    expect(await release()).toBeNull();
    expect(await one()).toMatchObject({ state: 'behind', hold: null });
    await deliver();
    expect(await states()).toEqual(['in-step', 'in-step', 'in-step']);
    expect(await release()).toMatchObject({ code: 'not-held', status: 409 });
  });

  it('for that much: what would be more by then is held again', async () => {
    await release();
    await forget('t1', 3);
    await deliver();
    expect(await one()).toMatchObject({ state: 'held', hold: { would: { created: 2, changed: 0 } } });
    expect(targets['t1']?.calls).toEqual([]);
    expect(await release()).toMatchObject({ code: 'hold-differs', extensions: { would: { created: 2 } } });
  });

  it('for that revision: the next one is looked at anew', async () => {
    await release();
    await publish([...retitled, '5 A3 new'], {});
    await deliver();
    expect(await one()).toMatchObject({ state: 'held', hold: { revision: 3, would: { created: 2 } } });
  });

  it('only as it was seen', async () => {
    const less = { ...seen, would: { ...seen.would, created: 0 } };
    expect(await release(olga, less)).toMatchObject({ code: 'hold-differs', status: 409 });
    expect(await release(olga, { ...seen, revision: 1 })).toMatchObject({ code: 'hold-differs' });
    expect(await one()).toMatchObject({ state: 'held' });
    await run(db, sql`delete from hold`);
    expect(await release()).toMatchObject({ code: 'not-held' });
    await run(db, sql`update target set listed = false where id = 't1'`);
    expect(await release()).toMatchObject({ code: 'target-unknown', status: 404 });
  });

  const change = (id: string, acts: readonly Act[]) =>
    inTransaction(db, async (transaction) =>
      appendAudit(transaction, { personId: await personOf(db, { id }) }, acts),
    );
  const releasedBy = (id: string) => release({ ...olga, id });

  it('unless they changed what is registered for it since it took its revision, whoever did after them', async () => {
    await change('olga', [
      { action: 'target-paused', subject: 'target/t1' },
      { action: 'target-changed', subject: 'target/t2' },
    ]);
    await change('otto', [{ action: 'profile-changed', subject: 'profile/map' }]);
    await change('nina', [{ action: 'system-changed', subject: 'system/shared' }]);
    for (const id of ['otto', 'nina'])
      expect(await releasedBy(id)).toMatchObject({ code: 'four-eyes', status: 403 });
    expect(await one()).toMatchObject({ state: 'held' });
    expect(await release()).toBeNull();
  });

  it('also who changed it, once the target takes the next revision', async () => {
    await change('olga', [{ action: 'system-changed', subject: 'system/shared' }]);
    expect(await release()).toMatchObject({ code: 'four-eyes' });
    await run(db, sql`update revision set applied_at = now() + interval '1 hour' where number = 1`);
    expect(await release()).toBeNull();
  });

  it('unless they let it go on to that revision: adopted it or one before it, or changed how many waves it reaches', async () => {
    const rollout = new RolloutController(db);
    const ofMap = (revision: number) => ({ scheme: 'map', revision });
    const by = (id: string) => ({ id, roles: ['operator'] as const });
    const adopt = (id: string, revision: number) =>
      rollout.adopt({ id: 'o' }, { ...ofMap(revision), from: '2024-01-01' }, by(id), 'en');
    await adopt('ada', 2);
    await adopt('ivo', 1);
    await rollout.setRule({ scheme: 'map' }, { waves: 1 }, by('ugo'));
    await rollout.setRollout(ofMap(2), { waves: 0 }, by('remo'));
    await rollout.goOn(ofMap(2), { seen: 0 }, by('rita'));
    for (const id of ['ada', 'ivo', 'ugo', 'remo', 'rita'])
      expect(await releasedBy(id)).toMatchObject({
        code: 'four-eyes',
        status: 403,
        detail: { values: ['t1'], english: expect.stringContaining('go on to this revision') },
      });
    const elsewhere = { scheme: 'other', revision: 1 };
    await change('olga', [{ action: 'revision-adopted', subject: 'organisation/o', details: elsewhere }]);
    await publish([...retitled, '5 A3 new'], {});
    await adopt('olga', 3);
    await rollout.setRollout(ofMap(3), { waves: 0 }, by('olga'));
    expect(await release()).toBeNull();
  });

  it('but nobody who may be one that was erased after changing it', async () => {
    await personOf(db, { id: 'nina' });
    await change('otto', [{ action: 'profile-changed', subject: 'profile/map' }]);
    const [erased, by] = await Promise.all(['otto', 'anna'].map((id) => personOf(db, { id })));
    expect(await erasePerson(db, erased ?? '', by ?? '')).toEqual({ changed: true });
    expect(await releasedBy('otto')).toMatchObject({ code: 'four-eyes' });
    await personOf(db, { id: 'otto' });
    expect(await releasedBy('otto')).toMatchObject({ code: 'four-eyes' });
    expect(await releasedBy('nina')).toBeNull();
  });
});

it('a hundred targets cost one statement where there is a plan, and none where there is none', async () => {
  const many = Array.from({ length: 100 }, (_, i) => `m${i}`);
  targets = Object.fromEntries(many.map((id) => [id, new SimulatedTarget()]));
  await registerOnOneSystem(db, many, 'map');
  await deliver();
  const watched = await openDatabase(database.appUrl);
  const statements: string[] = [];
  const create = watched.createQueryRunner.bind(watched);
  watched.createQueryRunner = (...mode) => {
    const runner = create(...mode);
    const query = runner.query.bind(runner);
    runner.query = (...given: Parameters<typeof query>) => {
      statements.push(given[0]);
      return query(...given);
    };
    return runner;
  };
  const compared = () => statements.splice(0).filter((text) => text.includes('planned.counts')).length;
  await publish(retitled);
  await deliver(watched);
  expect(compared()).toBe(0);
  await publish(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'], { rename: 2 });
  await deliver(watched);
  await watched.destroy();
  expect(compared()).toBe(1);
  expect(new Set(await states())).toEqual(new Set(['in-step']));
});

it('the whole system waits when all its targets are held, and others are not looked at again and again', async () => {
  await publish(retitled, { rename: 1 });
  await deliver();
  expect(await states()).toEqual(['held', 'held', 'held']);
  expect(Object.values(targets).flatMap(({ calls }) => calls)).toEqual([]);
  expect(await run(db, sql`select trouble, failures from system`)).toEqual([{ trouble: null, failures: 0 }]);
});
