import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen, run, sql } from '#platform';
import { spoken, withReasonIn } from '#words';
import type { ChosenPolicies } from '../delivery/policies.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { act } from '../operations/act.ts';
import { sumUpTargets } from '../metrics/summed-up.ts';
import { liveChannel } from '../live/watch.ts';
import { readTargetPage } from '../operations/target-status.ts';
import { summarise } from '../operations/target-summary.ts';
import { readProgress } from '../rollout/progress.ts';
import { connectorDatabase, openDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, registerTargets, takeIn } from '../testing/delivery-harness.ts';
import { DriftScene, id, nothing } from '../testing/drift-scene.ts';
import { conceptNumber, mapOf, type MapHistory } from '../testing/map-history.ts';
import type { SimulatedRecord, SimulatedTarget } from '../testing/simulated-target.ts';
import { statusInEnglish } from '../testing/status-in-english.ts';
import { askCheck, readReport } from './ask-check.ts';
import { claimCheck } from './claim-check.ts';
import { releaseRepair } from './release-repair.ts';
import type { DriftReport } from './schemas.ts';

let database: ConnectorDatabase;
let db: DataSource;
let scene: DriftScene;
let target: SimulatedTarget;
let delivery: DeliveryContext;
let history: MapHistory;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
beforeEach(() => start());

async function start(policies: ChosenPolicies = {}): Promise<void> {
  take(await DriftScene.begin(db, policies));
}

function take(begun: DriftScene): void {
  scene = begun;
  ({ target, delivery, history } = begun);
}

const check = (): Promise<DriftReport> => scene.check();
const recordOf = (n: number): SimulatedRecord => scene.recordOf(n);
const loseTwelve = async (policies: ChosenPolicies = {}): Promise<void> =>
  take(await DriftScene.withTwelveLost(db, policies));

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
    const first = await scene.report(0, 3);
    expect([
      first.findings.length,
      first.next,
      (await scene.report(first.next ?? 0)).findings.length,
    ]).toEqual([3, 3, 1]);
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
    expect(await scene.claim()).not.toBeNull();
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
    expect(await statusInEnglish(db, id)).toMatchObject([
      { state: 'in-step', reason: expect.stringMatching(/could not be read: .*is away/) },
    ]);
    target.isAway = false;
    await run(db, sql`update system set retry_at = now() + interval '1 hour'`);
    expect(await check()).toMatchObject({ state: 'waiting' });
  });

  it('says in the language of whoever asks why a target cannot be asked at all', async () => {
    await run(db, sql`update system set address = 'http://127.0.0.1/nowhere'`);
    const { state, reason } = withReasonIn('it')(await check());
    expect([state, reason]).toEqual([
      'unreadable',
      'A "target" non si può chiedere: le impostazioni del suo profilo non sono adatte al driver',
    ]);
  });

  it('goes on while the target is paused, and repairs nothing before it is resumed', async () => {
    await run(db, sql`update target set paused = true`);
    target.records.delete(recordOf(5).id);
    expect(await check()).toMatchObject({ state: 'drifted', missing: 1 });
    await deliverAll(delivery);
    expect(target.withKey(conceptNumber(5))).toEqual([]);
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
    expect(await scene.claim()).toBeNull();
    await deliverAll(delivery);
    const asked = await scene.claim();
    if (asked) await scene.run(asked);
    expect(await seen()).toMatchObject({ state: 'in-step', drift: 0 });
    await act(db, 'resync', id);
    await deliverAll(delivery);
    expect(await scene.claim()).toBeNull();
  });

  it('is mended once its profile says so, without being asked', async () => {
    await start({ drift: 'report' });
    recordOf(3).content = { ...recordOf(3).content, title: 'di altri' };
    await check();
    expect(await seen()).toMatchObject({ state: 'drifted' });
    await registerTargets(db, [id], 'map', 'show', { drift: 'repair' });
    expect(await scene.claim()).toBeNull();
    await deliverAll(delivery);
    const asked = await scene.claim();
    if (asked) await scene.run(asked);
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
  const claim = await scene.claim();
  expect(claim?.targetId).toBe(id);
  if (claim) await scene.run(claim);
  expect(await scene.report()).toMatchObject({ state: 'verified' });
  expect(await scene.claim()).toBeNull();
});
