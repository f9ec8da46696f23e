import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger, isRefusal, listen, run, sql } from '#platform';
import { spoken } from '#words';
import { failsAlone } from '../delivery/answers.ts';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { act } from '../operations/act.ts';
import { sumUpTargets } from '../metrics/summed-up.ts';
import { liveChannel } from '../live/watch.ts';
import { readTargetPage } from '../operations/target-status.ts';
import { summarise } from '../operations/target-summary.ts';
import { readProgress } from '../rollout/progress.ts';
import { connectorDatabase, openDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { conceptNumber, MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget, type SimulatedRecord } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { askCheck, readReport } from './ask-check.ts';
import { claimCheck } from './claim-check.ts';
import { releaseRepair } from './release-repair.ts';
import { runCheck } from './run-check.ts';
import type { DriftReport } from './schemas.ts';

const id = 'target';
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
beforeEach(() => start());

/** In step with revision 2: A1.3 is retired. */
async function start(policies: ChosenPolicies = {}): Promise<void> {
  await emptyDatabase(db);
  target = new SimulatedTarget();
  delivery = deliveryTo(db, { [id]: target, other: new SimulatedTarget() });
  await registerTargets(db, [id], 'map', 'show', policies);
  history = new MapHistory('map');
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A1.3 d', '5 A1.1.1 e'])));
  await deliverAll(delivery);
  await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e'])));
  await deliverAll(delivery);
}

const context = (dataSource = db) => ({
  dataSource,
  drivers: delivery.drivers,
  logger: createLogger('test', 'silent'),
  onOwnError: () => undefined,
  settings: { everyMs: 86_400_000, mendedMs: 60_000, leaseMs: 30_000, againMs: 60_000 },
});
/** Asks for a check, and carries it out. */
const check = async (): Promise<DriftReport> => {
  await askCheck(db, id);
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
  if (claim) await runCheck(context(), claim, signal);
  return report();
};
const report = async (after = 0, limit = 100): Promise<DriftReport> => {
  const found = await readReport(db, id, { after, limit });
  if (isRefusal(found)) throw new Error(found.title.english);
  return found;
};
/** Twelve more records, which are gone; the target holds seventeen. */
const loseTwelve = async (policies: ChosenPolicies = {}): Promise<void> => {
  await start(policies);
  const more = Array.from({ length: 12 }, (_, i) => `${10 + i} A2.${1 + i} titolo ${i}`);
  await takeIn(
    db,
    history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e', '6 A2 f', ...more])),
  );
  await deliverAll(delivery);
  for (let i = 0; i < 12; i++) target.records.delete(recordOf(10 + i).id);
};

const recordOf = (n: number): SimulatedRecord => {
  const [record] = target.withKey(conceptNumber(n));
  if (!record) throw new Error(`no record of concept ${n}`);
  return record;
};
const nothing = { missing: 0, altered: 0, extra: 0, foreign: 0, inDoubt: 0 };
const contents = (): unknown =>
  [...target.records.values()]
    .map(({ key, content }) => [key, content.code, content.title, content.active].join(' '))
    .toSorted();

describe('a check', () => {
  it('verifies a target that holds what it acknowledged, page by page', async () => {
    target.pageSize = 2;
    const before = Date.now();
    const found = await check();
    expect(found).toMatchObject({
      state: 'verified',
      policy: 'repair',
      records: 5,
      ...nothing,
      findings: [],
    });
    expect(Date.parse(found.verifiedAt ?? '')).toBeGreaterThanOrEqual(before - 1_000);
  });

  it('verifies a target that stores neither levels nor last days', async () => {
    Object.assign(target.capabilities, { storesLevel: false, storesValidTo: false });
    for (const record of target.records.values())
      record.content = { ...record.content, level: 0, validTo: null };
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('says field by field what is altered, names what is missing, and counts what is foreign', async () => {
    await start({ drift: 'report' });
    const altered = recordOf(3);
    altered.content = { ...altered.content, title: 'di altri', parent: null };
    recordOf(4).content = { ...recordOf(4).content, active: true };
    target.records.delete(recordOf(5).id);
    target.hold('x1', 'X1', 'di altri');
    const sent = target.calls.length;
    const found = await check();
    expect(found).toMatchObject({ state: 'drifted', verifiedAt: null, missing: 1, altered: 2, foreign: 1 });
    expect(found.findings.map(({ kind, code, fields }) => [kind, code.slice(0, 6), fields])).toEqual([
      ['missing', 'A1.1.1', []],
      [
        'altered',
        'A1.2',
        [
          { field: 'parent', ours: conceptNumber(1), theirs: null },
          { field: 'title', ours: 'c', theirs: 'di altri' },
        ],
      ],
      ['altered', 'A1.3 (', [{ field: 'active', ours: false, theirs: true }]],
      ['foreign', 'X1', []],
    ]);
    await deliverAll(delivery);
    expect(target.calls.length).toBe(sent);
    const first = await report(0, 3);
    expect([first.findings.length, first.next, (await report(first.next ?? 0)).findings.length]).toEqual([
      3, 3, 1,
    ]);
  });
});

describe('with the policy repair', () => {
  it('a record that was deleted behind our back is made again, what stands below it returns, and then all is verified', async () => {
    const whole = contents();
    const gone = recordOf(2);
    target.records.delete(gone.id);
    recordOf(5).content = { ...recordOf(5).content, parent: null };
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1, altered: 1 });
    await deliverAll(delivery);
    expect(contents()).toEqual(whole);
    expect(recordOf(5).content.parent).toBe(recordOf(2).id);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  describe('where a record was deleted, and the target put at the top what stood below it', () => {
    beforeEach(() => {
      const above = recordOf(1).id;
      target.records.delete(above);
      for (const record of target.records.values())
        if (record.content.parent === above) record.content = { ...record.content, parent: null };
    });

    it('what is out of use returns below it too', async () => {
      expect(await check()).toMatchObject({ missing: 1, altered: 3 });
      await deliverAll(delivery);
      expect(recordOf(4).content.parent).toBe(recordOf(1).id);
      expect(await check()).toMatchObject({ state: 'verified', ...nothing });
    });

    it('what is out of use ends at the top while the target does not make that record, and is known to be there; what is in use waits', async () => {
      target.refusedCodes.add('A1');
      recordOf(4).content = { ...recordOf(4).content, active: true };
      await check();
      await deliverAll(delivery);
      expect(recordOf(4).content).toMatchObject({ active: false, parent: null });
      expect(await run(db, sql`select code, class from stuck order by code`)).toEqual([
        { code: 'A1', class: 'rejected' },
        { code: 'A1.1', class: 'waits' },
        { code: 'A1.2', class: 'waits' },
      ]);
      expect(
        await run(
          db,
          sql`select state, parent_id, hash is null as doubt from link where concept_id = ${conceptNumber(4)}`,
        ),
      ).toEqual([{ state: 'ended', parent_id: null, doubt: false }]);
    });
  });

  it('a leaf that was deleted is made again although nothing else has to be sent', async () => {
    target.records.delete(recordOf(5).id);
    await check();
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(5))).toHaveLength(1);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('where records are succeeded it is the same', async () => {
    await start({ renumbered: 'succeed', reused: 'succeed', redefined: 'succeed' });
    const whole = contents();
    target.records.delete(recordOf(2).id);
    target.records.delete(recordOf(5).id);
    await check();
    await deliverAll(delivery);
    expect(contents()).toEqual(whole);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('what was altered says again what the map says, also out of use; foreign records stay as they are', async () => {
    const whole = contents();
    target.hold('x1', 'X1', 'di altri');
    for (const n of [1, 3, 4]) recordOf(n).content = { ...recordOf(n).content, title: 'altro', active: true };
    await check();
    await deliverAll(delivery);
    const foreign = target.records.get('x1');
    expect(foreign).toMatchObject({ key: '', content: { code: 'X1', title: 'di altri' } });
    target.records.delete('x1');
    expect(contents()).toEqual(whole);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a record whose key somebody took away gets it again', async () => {
    const record = recordOf(3);
    record.key = '';
    const found = await check();
    expect(found.findings).toMatchObject([
      { kind: 'altered', fields: [{ field: 'key', ours: conceptNumber(3), theirs: null }] },
    ]);
    await deliverAll(delivery);
    expect(recordOf(3).id).toBe(record.id);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('of two records with our key the one that we know stays, and the other one ends', async () => {
    const known = recordOf(3);
    const twin = { id: 'twin', key: known.key, content: { ...known.content, code: 'A1.2 copia' } };
    target.records.set('twin', twin);
    expect(await check()).toMatchObject({ state: 'drifted', extra: 1 });
    await deliverAll(delivery);
    expect(target.records.get('twin')?.content).toMatchObject({ active: false, title: 'c' });
    expect(recordOf(3)).toMatchObject({ id: known.id, content: { code: 'A1.2', active: true } });
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a twin that the target does not let end costs nobody else anything', async () => {
    const known = recordOf(3);
    target.records.set('twin', {
      id: 'twin',
      key: known.key,
      content: { ...known.content, code: 'A1.2 copia' },
    });
    await check();
    const [code] = await run<{ day: string }>(
      db,
      sql`select effective_date as day from revision where number = 2`,
    );
    target.refusedCodes.add(`A1.2 (cessata ${code?.day} ${conceptNumber(3).slice(0, 8)}-2)`);
    await deliverAll(delivery);
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 nuovo', '5 A1.1.1 e'])));
    await deliverAll(delivery);
    expect(recordOf(3).content.title).toBe('nuovo');
    expect(await run(db, sql`select class from stuck`)).toEqual([{ class: 'rejected' }]);
  });

  it('a record that was made anew under our key takes the place of the one that is gone', async () => {
    const old = recordOf(3);
    target.records.delete(old.id);
    target.records.set('new', { id: 'new', key: old.key, content: { ...old.content, title: 'rifatto' } });
    expect(await check()).toMatchObject({ missing: 1, extra: 0 });
    await deliverAll(delivery);
    expect(target.withKey(old.key)).toMatchObject([{ id: 'new', content: { title: 'c' } }]);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a record out of use that is gone is forgotten, not made again', async () => {
    target.records.delete(recordOf(4).id);
    expect(await check()).toMatchObject({ missing: 1 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(4))).toEqual([]);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });
});

describe('where records are deleted', () => {
  beforeEach(() => start({ retire: 'delete' }));

  it('what was deleted is not missing', async () => {
    expect(target.withKey(conceptNumber(4))).toEqual([]);
    expect(await check()).toMatchObject({ state: 'verified', records: 4, ...nothing });
  });

  it('what somebody took back out of the bin is one record too many, and ends', async () => {
    const content = { ...recordOf(3).content, code: 'A1.3', title: 'd' };
    target.records.set('back', { id: 'back', key: conceptNumber(4), content });
    expect(await check()).toMatchObject({ state: 'drifted', extra: 1, missing: 0 });
    await deliverAll(delivery);
    expect(target.records.get('back')?.content).toMatchObject({ active: false });
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('a record that waits to be deleted, because something uses it, is verified as ended', async () => {
    target.uses.set(recordOf(5).id, 1);
    await takeIn(db, history.publish(mapOf(['1 A1 a', '2 A1.1 b', '3 A1.2 c'])));
    await deliverAll(delivery);
    expect(await check()).toMatchObject({ state: 'verified', records: 4, ...nothing });
    recordOf(5).content = { ...recordOf(5).content, active: true };
    expect(await check()).toMatchObject({ state: 'drifted', altered: 1 });
    await run(db, sql`delete from stuck`);
    await deliverAll(delivery);
    expect(recordOf(5).content.active).toBe(false);
  });
});

it('looks again soon as long as ever less is wrong, then once in a while', async () => {
  const dueAfter = async (...wrong: readonly number[]): Promise<number> => {
    for (const n of wrong) recordOf(n).content = { ...recordOf(n).content, title: 'di altri' };
    const { finishedAt, dueAt } = await check();
    await deliverAll(delivery);
    return Math.round((Date.parse(dueAt ?? '') - Date.parse(finishedAt ?? '')) / 60_000);
  };
  expect(await dueAfter(1, 2, 3)).toBe(1);
  expect(await dueAfter(1, 2)).toBe(1);
  expect(await dueAfter(2, 3)).toBe(1);
  expect(await dueAfter(2, 3)).toBe(1_440);
});

describe('a repair of too much', () => {
  it('is held, and is done when an operator has seen it', async () => {
    await loseTwelve();
    expect(await check()).toMatchObject({ state: 'drifted', held: true, missing: 12 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(10))).toEqual([]);
    expect(await releaseRepair(db.manager, id)).toEqual({ released: 12 });
    const released = await check();
    expect(released).toMatchObject({ state: 'drifted', held: false, missing: 12 });
    // Soon after, so that the report becomes right.
    const dueIn = Date.parse(released.dueAt ?? '') - Date.parse(released.finishedAt ?? '');
    expect(dueIn).toBeLessThanOrEqual(60_000);
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(10))).toHaveLength(1);
    expect(await check()).toMatchObject({ state: 'verified', held: false, ...nothing });
  });

  it('is held again when more is wrong than the operator saw', async () => {
    await loseTwelve();
    await check();
    await releaseRepair(db.manager, id);
    target.records.delete(recordOf(3).id);
    expect(await check()).toMatchObject({ state: 'drifted', held: true, missing: 13 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(3))).toEqual([]);
  });

  it('is done at once where the profile allows it', async () => {
    await loseTwelve({ driftLimit: 100 });
    expect(await check()).toMatchObject({ state: 'drifted', held: false, missing: 12 });
    await deliverAll(delivery);
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('cannot be released where none is held', async () => {
    await check();
    expect(await releaseRepair(db.manager, id)).toMatchObject({ code: 'drift-not-held' });
    expect(await releaseRepair(db.manager, 'nobody')).toMatchObject({ code: 'target-unknown' });
  });
});

describe('what is mended in vain', () => {
  /** The target acknowledges everything, and keeps another title of concept 3. */
  const keepAnother = (): void => {
    const { id: external } = recordOf(3);
    const write = target.write.bind(target);
    target.write = async (steps, stop) => {
      const answers = await write(steps, stop);
      const record = target.records.get(external);
      if (record) record.content = { ...record.content, title: 'sempre altro' };
      return answers;
    };
  };
  const again = async (): Promise<DriftReport> => {
    const found = await check();
    await deliverAll(delivery);
    return found;
  };
  const state = async () =>
    spoken((await readTargetPage(db, {}, { limit: 1 })).targets, 'en').map((one) => [one.state, one.reason]);

  it('is told where what was mended waits to be sent, and the target is read meanwhile', async () => {
    keepAnother();
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    await run(db, sql`update target set paused = true`);
    expect(await check()).toMatchObject({ state: 'drifted', altered: 1, held: false });
    expect(await check()).toMatchObject({ state: 'in-doubt', altered: 0 });
    await run(db, sql`update target set paused = false`);
    await deliverAll(delivery);
    expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: true });
  });

  it('is told a minute after it was sent, where that waited for longer than the second look', async () => {
    keepAnother();
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    await run(db, sql`update target set paused = true`);
    await check();
    expect(await check()).toMatchObject({ state: 'in-doubt' });
    await run(db, sql`update target set paused = false`);
    await deliverAll(delivery);
    const claim = () => claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
    expect(await claim()).toBeNull();
    await run(db, sql`update drift_check set finished_at = finished_at - interval '1 minute'`);
    await run(db, sql`update link set acknowledged_at = acknowledged_at - interval '1 minute'`);
    const look = await claim();
    if (look) await runCheck(context(), look, signal);
    expect(await report()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    await run(db, sql`update drift_check set outcome = 'in-doubt', due_at = now() + interval '1 day'`);
    expect(await claim()).toBeNull();
  });

  it('is told of a record that is made again, and is gone again each time', async () => {
    for (const held of [false, true]) {
      target.records.delete(recordOf(3).id);
      expect(await again()).toMatchObject({ state: 'drifted', missing: 1, held });
    }
    expect(target.withKey(conceptNumber(3))).toEqual([]);
    expect(await releaseRepair(db.manager, id)).toEqual({ released: 1 });
    await again();
    expect(target.withKey(conceptNumber(3))).toHaveLength(1);
    expect(await again()).toMatchObject({ state: 'verified', held: false });
    target.records.delete(recordOf(3).id);
    expect(await again()).toMatchObject({ state: 'drifted', missing: 1, held: false });
  });

  it('is told and not sent again, until an operator wants it tried once more; what else is wrong is mended', async () => {
    keepAnother();
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    await again();
    expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    expect(await state()).toEqual([['drifted', expect.stringContaining('mending changed nothing')]]);
    const sent = target.calls.length;
    recordOf(2).content = { ...recordOf(2).content, title: 'altro' };
    expect(await again()).toMatchObject({ state: 'drifted', altered: 2, held: true });
    expect(
      target.calls
        .slice(sent)
        .flat()
        .map(({ key }) => key),
    ).toEqual([conceptNumber(2)]);
    expect(recordOf(2).content.title).toBe('b');
    expect(await again()).toMatchObject({ state: 'drifted', altered: 1, held: true });
    expect(await state()).toEqual([['drifted', expect.stringContaining('mending changed nothing')]]);
    expect(target.calls.length).toBe(sent + 1);
    expect(await releaseRepair(db.manager, id)).toEqual({ released: 1 });
    await again();
    expect(target.calls.length).toBe(sent + 2);
    recordOf(3).content = { ...recordOf(3).content, title: 'c' };
    expect(await again()).toMatchObject({ state: 'verified', held: false });
    expect(await state()).toEqual([['in-step', null]]);
  });
});

describe('what stays wrong', () => {
  const seen = async () => {
    const { targets } = await readTargetPage(db, {}, { limit: 1 });
    return spoken(targets[0], 'it');
  };

  it('is a state of its own until it is mended: in the list, the filter, the counts and the figures', async () => {
    await loseTwelve();
    expect(await seen()).toMatchObject({ state: 'in-step', reason: null });
    await check();
    await deliverAll(delivery);
    expect(await seen()).toMatchObject({ state: 'drifted', drift: 12, lagChanges: 0, lagSeconds: 0 });
    expect((await seen())?.reason).toMatch(
      /^non contiene .*\(registrazioni mancanti: 12, alterate: 0, in più: 0\), .* sbloccare la riparazione/,
    );
    expect((await readTargetPage(db, { state: 'drifted' }, { limit: 2 })).targets).toHaveLength(1);
    expect((await readTargetPage(db, { state: 'in-step' }, { limit: 2 })).targets).toEqual([]);
    expect(await summarise(db, {}, null)).toMatchObject({ states: { drifted: 1 } });
    expect(await sumUpTargets(db)).toMatchObject([{ state: 'drifted', drift: 12, driftHeld: 12 }]);
    // It acknowledged all of the revision, so the roll-out is not held up.
    expect(await readProgress(db, 'map', 3)).toMatchObject({
      targets: { hold: 1 },
      records: { percent: 100 },
    });
    await releaseRepair(db.manager, id);
    await check();
    expect(await seen()).toMatchObject({ state: 'behind' });
    await deliverAll(delivery);
    expect(await seen()).toMatchObject({ state: 'in-step', reason: null });
    expect(await sumUpTargets(db)).toMatchObject([{ state: 'in-step', driftHeld: 0 }]);
  });

  it('is told with what to do where a profile only reports, and counts as in step again when it was mended there', async () => {
    await start({ drift: 'report' });
    const before = recordOf(3).content;
    recordOf(3).content = { ...before, title: 'di altri' };
    await check();
    expect(await seen()).toMatchObject({ state: 'drifted', drift: 1 });
    expect((await seen())?.reason).toContain('lo segnala soltanto');
    await takeIn(db, history.publish(mapOf(['1 A1 nuovo', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e'])));
    expect(await seen()).toMatchObject({ state: 'behind', lagChanges: 1 });
    await deliverAll(delivery);
    expect(await seen()).toMatchObject({ state: 'drifted' });
    recordOf(3).content = before;
    await check();
    expect(await seen()).toMatchObject({ state: 'in-step', drift: 0 });
  });

  it('is mended by a resync, after which it is read again without being asked', async () => {
    await start({ drift: 'report' });
    recordOf(3).content = { ...recordOf(3).content, title: 'di altri' };
    await check();
    expect(await seen()).toMatchObject({ state: 'drifted' });
    await act(db, 'resync', id);
    const claim = () => claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
    expect(await claim()).toBeNull();
    await deliverAll(delivery);
    const asked = await claim();
    if (asked) await runCheck(context(), asked, signal);
    expect(await seen()).toMatchObject({ state: 'in-step', drift: 0 });
    await act(db, 'resync', id);
    await deliverAll(delivery);
    expect(await claim()).toBeNull();
  });

  it('is mended once its profile says so, without being asked', async () => {
    await start({ drift: 'report' });
    recordOf(3).content = { ...recordOf(3).content, title: 'di altri' };
    await check();
    expect(await seen()).toMatchObject({ state: 'drifted' });
    await registerTargets(db, [id], 'map', 'show', { drift: 'repair' });
    const claim = () => claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
    expect(await claim()).toBeNull();
    await deliverAll(delivery);
    const asked = await claim();
    if (asked) await runCheck(context(), asked, signal);
    await deliverAll(delivery);
    expect(recordOf(3).content.title).toBe('c');
    expect(await seen()).toMatchObject({ state: 'in-step' });
  });

  it('is told to those who watch', async () => {
    await start({ drift: 'report' });
    const ended = new AbortController();
    const told = Promise.withResolvers<string>();
    await listen(database.appUrl, liveChannel, () => told.resolve('told'), ended.signal);
    recordOf(3).content = { ...recordOf(3).content, title: 'di altri' };
    await check();
    expect(await told.promise).toBe('told');
    ended.abort();
  });
});

describe('what is stuck because of what a check finds', () => {
  it('goes on when a record is gone of which only the content was in doubt', async () => {
    await takeIn(db, history.publish(mapOf(['1 A1 a', '6 A2 f'])));
    await deliverAll(delivery);
    target.records.delete(recordOf(6).id);
    await act(db, 'resync', id);
    await takeIn(db, history.publish(mapOf(['6 A1 f', '1 A1.4 a'])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 2 }]);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1 });
    await deliverAll(delivery);
    expect(recordOf(1).content).toMatchObject({ code: 'A1.4', parent: recordOf(6).id });
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
  });

  it('goes on when records turn up whose codes it needs', async () => {
    await run(
      db,
      sql`with unknown as (delete from link where code in ('A1.1', 'A1.2') returning target_id, concept_id, code)
          insert into stuck (target_id, concept_id, class, code, title, reason, may_exist, next_attempt_at)
          select target_id, concept_id, 'waits', code, '', 'waits for another', true, now() from unknown`,
    );
    await takeIn(db, history.publish(mapOf(['1 A1 a', '3 A1.1 c', '2 A1.2 b'])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 2 }]);
    expect(await check()).toMatchObject({ state: 'drifted', extra: 2 });
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'in-step' }]);
    expect(recordOf(2).content).toMatchObject({ code: 'A1.2', active: true });
    expect(recordOf(3).content).toMatchObject({ code: 'A1.1', active: true });
  });

  it('stays where the target fails on it alone: that has nothing to do with what was wrong', async () => {
    await run(
      db,
      sql`insert into stuck (target_id, concept_id, class, code, title, reason, next_attempt_at)
          select ${id}, concept_id, 'rejected', code, '', reason, now() + interval '1 day'
          from link join (values ('A1.1.1', 'the code is taken'), ('A1.2', ${failsAlone('the server answers 500')})) as r(code, reason) using (code)`,
    );
    target.records.delete(recordOf(5).id);
    target.records.delete(recordOf(3).id);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 2 });
    expect(await run(db, sql`select code from stuck where next_attempt_at <= now()`)).toEqual([
      { code: 'A1.1.1' },
    ]);
  });
});

describe('what the target refused', () => {
  const whole = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e'];
  const refused = ['A2', 'A3', 'A4'];
  const sentCodes = async (): Promise<string[]> => {
    const before = target.calls.length;
    await check();
    await deliverAll(delivery);
    return target.calls.slice(before).flatMap((steps) => steps.map(({ content }) => content.code));
  };
  beforeEach(async () => {
    for (const code of refused) target.refusedCodes.add(code);
    const lines = refused.map((code, i) => `${20 + i} ${code} r`);
    await takeIn(db, history.publish(mapOf([...whole, ...lines])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 3 }]);
  });
  /** The map gets one more, which is refused, too. */
  const refuseOneMore = async (line: string): Promise<void> => {
    const lines = refused.map((code, i) => `${20 + i} ${code} r`);
    await takeIn(db, history.publish(mapOf([...whole, ...lines, line])));
    await deliverAll(delivery);
    expect(await statusInEnglish(db, id)).toMatchObject([{ state: 'stuck', stuck: 4 }]);
  };

  it('is not asked again because of what is mended', async () => {
    recordOf(3).content = { ...recordOf(3).content, title: 'altro' };
    expect(await sentCodes()).toEqual(['A1.2']);
    target.records.delete(recordOf(2).id);
    expect(await sentCodes()).toEqual(['A1.1', 'A1.1.1']);
    const twin = { ...recordOf(3), id: 'twin', content: { ...recordOf(3).content, code: 'A1.2 copia' } };
    target.records.set('twin', twin);
    expect(await sentCodes()).toEqual([expect.stringContaining('A1.2 (cessata')]);
    expect(await run(db, sql`select class, attempts from stuck`)).toEqual(
      refused.map(() => ({ class: 'rejected', attempts: 1 })),
    );
  });

  it.each([
    ['altered in use', 3],
    ['altered out of use', 4],
  ])('under the code that one has that is %s is asked again, once that has its own', async (_, n) => {
    recordOf(n).content = { ...recordOf(n).content, code: 'A7' };
    await refuseOneMore('7 A7 g');
    expect(await sentCodes()).toEqual([expect.stringMatching(/^A1\.[23]/), 'A7']);
    expect(recordOf(7).content.code).toBe('A7');
  });

  it('under the code of a second record is asked again, once that has ended', async () => {
    const twin = { ...recordOf(3), id: 'twin', content: { ...recordOf(3).content, code: 'A7' } };
    target.records.set('twin', twin);
    await refuseOneMore('7 A7 g');
    expect((await sentCodes()).slice(0, 2)).toEqual([expect.stringContaining('cessata'), 'A7']);
  });

  it('below a record is asked again once that is mended', async () => {
    target.refusedCodes.add('A1.2.1');
    await refuseOneMore('7 A1.2.1 g');
    target.refusedCodes.delete('A1.2.1');
    recordOf(3).content = { ...recordOf(3).content, active: false };
    expect(await sentCodes()).toEqual(['A1.2', 'A1.2.1']);
  });

  it('because the record above it is gone is asked again, once that is there', async () => {
    target.records.delete(recordOf(3).id);
    await refuseOneMore('7 A1.2.1 g');
    expect(await sentCodes()).toEqual(['A1.2', 'A1.2.1']);
  });
});

describe('a check that is disturbed', () => {
  it('is worth nothing when a delivery begins meanwhile, and finds nothing wrong in what that wrote', async () => {
    target.pageSize = 2;
    target.afterPage = async () => {
      target.afterPage = async () => undefined;
      await takeIn(db, history.publish(mapOf(['1 A1 nuovo', '2 A1.1 b', '3 A1.2 c', '5 A1.1.1 e'])));
      await deliverAll(delivery);
    };
    expect(await check()).toMatchObject({ state: 'waiting', verifiedAt: null, ...nothing });
    expect(await check()).toMatchObject({ state: 'verified', ...nothing });
  });

  it('waits until what is under way is delivered', async () => {
    await run(db, sql`update target set attempting = 2`);
    expect(await check()).toMatchObject({ state: 'waiting' });
  });

  it('leaves nothing behind when its process is killed; another one begins anew when the lease is over', async () => {
    target.records.delete(recordOf(5).id);
    await askCheck(db, id);
    expect(await claimCheck(db, crypto.randomUUID(), 30_000, 60_000)).not.toBeNull();
    expect(await check()).toMatchObject({ state: 'reading', missing: 0 });
    await run(db, sql`update drift_check set lease_until = now() - interval '1 second'`);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1 });
  });

  it('is done by one of two processes, and one target of a system at a time', async () => {
    await askCheck(db, id);
    const another = await openDatabase(database.appUrl);
    const claims = await Promise.all(
      [db, another].map((each) => claimCheck(each, crypto.randomUUID(), 30_000, 60_000)),
    );
    await another.destroy();
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('says why a target cannot be read, and does not ask a system that rests', async () => {
    target.isAway = true;
    expect(await check()).toMatchObject({ state: 'unreadable', reason: expect.stringContaining('is away') });
    target.isAway = false;
    await run(db, sql`update system set retry_at = now() + interval '1 hour'`);
    expect(await check()).toMatchObject({ state: 'waiting' });
  });

  it('goes on while the target is paused, and repairs nothing before it is resumed', async () => {
    await run(db, sql`update target set paused = true`);
    target.records.delete(recordOf(5).id);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(5))).toEqual([]);
  });
});

it('is summed up for a scrape', async () => {
  const summedUp = { drift: 0, neverVerified: 1, verifiedAgeSeconds: 0 };
  expect(await sumUpTargets(db)).toMatchObject([{ targets: 1, ...summedUp }]);
  await check();
  await run(db, sql`update target set verified_at = now() - interval '1 hour'`);
  target.records.delete(recordOf(5).id);
  await check();
  const [found] = await sumUpTargets(db);
  expect(found).toMatchObject({ drift: 1, neverVerified: 0 });
  expect(found?.verifiedAgeSeconds).toBeGreaterThanOrEqual(3_600);
});

it('asks for no check of a target that is not there', async () => {
  expect(await askCheck(db, 'nobody')).toMatchObject({ code: 'target-unknown' });
  expect(await readReport(db, 'nobody', { after: 0, limit: 1 })).toMatchObject({ code: 'target-unknown' });
});

it('is due by itself for a target that was never read, and then once in a while', async () => {
  const claim = await claimCheck(db, crypto.randomUUID(), 30_000, 60_000);
  expect(claim?.targetId).toBe(id);
  if (claim) await runCheck(context(), claim, signal);
  expect(await report()).toMatchObject({ state: 'verified' });
  expect(await claimCheck(db, crypto.randomUUID(), 30_000, 60_000)).toBeNull();
});
