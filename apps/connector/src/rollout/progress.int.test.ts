import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { isRefusal, run, sql } from '#platform';
import { spoken } from '#words';
import { act } from '../operations/act.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerOnOneSystem,
  takeIn,
} from '../testing/delivery-harness.ts';
import { MapHistory, mapOf } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { pin } from './pin.ts';
import { readNewestCounts, readProgress } from './progress.ts';
import { rolloutProgress, type RolloutProgress } from './schemas.ts';
import { setRollout } from './waves.ts';

const scheme = 'map';
const ids = ['held', 'later', 'looked-at', 'paused', 'pinned', 'refusing', 'waiting', 'well'] as const;
let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let targets: Record<(typeof ids)[number], SimulatedTarget>;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());

/** All hold revision 1, but for one that is only looked at; revision 2 renames one record of two and adds one. */
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory(scheme);
  const made = () => new SimulatedTarget();
  targets = {
    held: made(),
    later: made(),
    'looked-at': made(),
    paused: made(),
    pinned: made(),
    refusing: made(),
    waiting: made(),
    well: made(),
  };
  await registerOnOneSystem(db, ids, scheme);
  await run(
    db,
    sql`insert into organisation (id, name, wave, adopts) values
    ('o2', 'Due', 2, 'on-effective-date'), ('o3', 'Tre', 1, 'by-act')`,
  );
  await publish('1 A1 a', '2 A2 b');
  await deliver();
  await run(db, sql`update target set organisation_id = 'o2' where id = 'held'`);
  await run(db, sql`update target set organisation_id = 'o3' where id = 'later'`);
  await run(db, sql`update target set mode = 'observe' where id = 'looked-at'`);
  await act(db, 'pause', 'paused');
  await pin(db, 'pinned', 1);
  await run(
    db,
    sql`update target set retry_at = 'infinity', trouble = 'slow-down', reason = 'too much' where id = 'waiting'`,
  );
  targets.refusing.refusedCodes.add('A3');
  await publish('1 A1 A', '2 A2 b', '3 A3 c');
  await setRollout(db, scheme, 2, 1);
  await deliver();
});

const publish = (...lines: string[]): Promise<void> => takeIn(db, history.publish(mapOf(lines)));
const deliver = (): Promise<void> => deliverAll(deliveryTo(db, targets));
async function progress(revision = 2): Promise<RolloutProgress> {
  const found = await readProgress(db, scheme, revision);
  if (isRefusal(found)) throw new Error(found.title.english);
  return rolloutProgress.strict().parse(spoken(found, 'en'));
}

it('counts each target once, where it stands, and the records of those that should hold the revision', async () => {
  const { targets: counts, records, since } = await progress();
  expect(counts).toEqual({
    shouldHold: 4,
    hold: 1,
    onTheWay: 1,
    stuck: 1,
    unreachable: 0,
    paused: 1,
    quarantined: 0,
    heldByGuard: 0,
    heldByWave: 1,
    notYet: 2,
    observed: 1,
  });
  // well has 3, refusing 2; the two that wait have one that did not change.
  expect(records).toEqual({ shouldHold: 12, inStep: 7, percent: 58.3 });
  expect(Date.parse(since)).toBeLessThanOrEqual(Date.now());
});

it('names those that lack it, longest first, with what they wait for', async () => {
  const { slowest } = await progress();
  expect(slowest.map(({ id, state, waitsFor, lagChanges }) => ({ id, state, waitsFor, lagChanges }))).toEqual(
    [
      { id: 'paused', state: 'paused', waitsFor: 'paused by an operator', lagChanges: 2 },
      { id: 'waiting', state: 'behind', waitsFor: 'asked to slow down: too much', lagChanges: 2 },
      { id: 'refusing', state: 'stuck', waitsFor: 'A3: the code A3 is not allowed here', lagChanges: 0 },
    ],
  );
});

it('is over when all that should hold it do; a revision before is held by who holds a later one', async () => {
  targets.refusing.refusedCodes.clear();
  for (const [deed, id] of [
    ['resume', 'paused'],
    ['retry', 'refusing'],
    ['retry', 'waiting'],
  ] as const)
    await act(db, deed, id);
  await setRollout(db, scheme, 2, null);
  await deliver();
  expect(await progress()).toMatchObject({
    targets: { shouldHold: 5, hold: 5, heldByWave: 0 },
    records: { shouldHold: 15, inStep: 15, percent: 100 },
    slowest: [],
  });
  expect((await progress(1)).targets).toMatchObject({ shouldHold: 7, hold: 7 });
  expect(await readNewestCounts(db)).toMatchObject([{ scheme, revision: 2, targets: { hold: 5 } }]);
});

it('says nothing of a revision that the connector does not hold', async () => {
  expect(await readProgress(db, scheme, 9)).toMatchObject({ code: 'revision-unknown', status: 404 });
  expect(await readProgress(db, 'other', 1)).toMatchObject({ code: 'revision-unknown' });
});
