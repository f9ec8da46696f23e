import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { run, runCount, sql } from '#platform';
import { claimSystems } from '../delivery/system-lease.ts';
import { beginTurns } from '../delivery/turn.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, endLeases, endPauses, takeIn } from '../testing/delivery-harness.ts';
import { DriftScene, id, nothing } from '../testing/drift-scene.ts';
import { mapOf } from '../testing/map-history.ts';
import type { DriftReport } from './schemas.ts';

let database: ConnectorDatabase;
let scene: DriftScene;

beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  scene = await DriftScene.begin(database.db);
  await scene.check();
});

const second = ['1 A1 a', '2 A1.1 due', '3 A1.2 c', '5 A1.1.1 e'];
const third = ['1 A1 a', '2 A1.1 tre', '3 A1.2 c', '5 A1.1.1 e'];

/** Whether the target is to be read once nobody would wait for an answer any longer: in 20 seconds. */
async function isToBeRead(): Promise<boolean> {
  const [row] = await run<{ inS: number }>(
    database.db,
    sql`select extract(epoch from late_at - now())::int as "inS" from drift_check where late_at is not null`,
  );
  if (row) expect([row.inS > 10, row.inS <= 20]).toEqual([true, true]);
  return row !== undefined;
}

const beLate = (): Promise<number> =>
  runCount(database.db, sql`update drift_check set late_at = now() where late_at > now()`);

async function look(): Promise<DriftReport> {
  const claim = await scene.claim();
  if (!claim) throw new Error('it is not read');
  await scene.run(claim);
  return scene.report();
}

/** A process claims the system, begins a turn, and is killed with its requests under way. */
async function beginAndDie(): Promise<void> {
  const { db } = database;
  const holder = crypto.randomUUID();
  await claimSystems(db, holder, 30_000, 1);
  expect(await beginTurns(db, { systemId: id, holder }, [id])).toHaveLength(1);
  await endLeases(db);
}

it('what a killed process sent, and a slow target does after its successor, is found and put right', async () => {
  await takeIn(database.db, scene.history.publish(mapOf(second)));
  await beginAndDie();
  await scene.publish(...third);
  const late = scene.recordOf(2);
  expect([late.content.title, await isToBeRead(), await scene.claim()]).toEqual(['tre', true, null]);
  late.content = { ...late.content, title: 'due' };
  await beLate();
  expect(await look()).toMatchObject({ state: 'drifted', altered: 1 });
  await deliverAll(scene.delivery);
  expect(scene.recordOf(2).content.title).toBe('tre');
  expect(await isToBeRead()).toBe(false);
});

it('a target is read once more after an answer was lost, and not after a turn in which all were known', async () => {
  await scene.publish(...second);
  expect(await isToBeRead()).toBe(false);
  const { length } = scene.target.calls;
  scene.target.interfere = (_, call) => (call === length + 1 ? 'lose-all' : null);
  await scene.publish(...third);
  expect([scene.recordOf(2).content.title, await isToBeRead()]).toEqual(['tre', true]);
  await beLate();
  expect(await look()).toMatchObject({ state: 'verified', ...nothing });
  expect([await isToBeRead(), await scene.claim()]).toEqual([false, null]);
});

/** The answer to an update of concept 2 is lost; it is done once more after the next one was acknowledged. */
async function doLate(title: string): Promise<void> {
  const { length } = scene.target.calls;
  scene.target.interfere = (_, call) => (call === length + 1 ? 'lose-all' : null);
  await takeIn(
    database.db,
    scene.history.publish(mapOf(['1 A1 a', `2 A1.1 ${title}`, '3 A1.2 c', '5 A1.1.1 e'])),
  );
  await deliverAll(scene.delivery);
  await endPauses(database.db);
  await scene.publish(...third);
  const late = scene.recordOf(2);
  late.content = { ...late.content, title };
  await beLate();
}

it('what a target does late again and again is not told as the doing of somebody else', async () => {
  for (const title of ['x', 'y', 'z']) {
    await doLate(title);
    expect(await look()).toMatchObject({
      state: 'drifted',
      altered: 1,
      recurring: 0,
      findings: [{ times: 0 }],
    });
    await deliverAll(scene.delivery);
    expect(scene.recordOf(2).content.title).toBe('tre');
    expect(await scene.check()).toMatchObject({ state: 'verified', recurring: 0 });
  }
});

it('what a target does late before what was mended was read again is mended, too', async () => {
  for (const title of ['x', 'y']) {
    await doLate(title);
    expect(await look()).toMatchObject({ state: 'drifted', altered: 1, held: false });
    await deliverAll(scene.delivery);
    expect(scene.recordOf(2).content.title).toBe('tre');
  }
});

it('a reading for what was done late that a delivery spoils, or that a killed process began, is done once more as such', async () => {
  await doLate('x');
  await scene.claim();
  await runCount(database.db, sql`update drift_check set lease_until = now() - interval '1 second'`);
  scene.target.afterPage = async () => {
    scene.target.afterPage = async () => undefined;
    await scene.publish('1 A1 nuovo', '2 A1.1 tre', '3 A1.2 c', '5 A1.1.1 e');
  };
  await look();
  expect(await scene.claim()).toBeNull();
  await beLate();
  expect(await look()).toMatchObject({ state: 'drifted', altered: 1, findings: [{ times: 0 }] });
});

it('a reading that somebody asks for before that does not take its place', async () => {
  await takeIn(database.db, scene.history.publish(mapOf(second)));
  await beginAndDie();
  await scene.publish(...third);
  expect(await scene.check()).toMatchObject({ state: 'verified' });
  expect(await isToBeRead()).toBe(true);
  expect(Date.parse((await scene.report()).dueAt ?? '') - Date.now()).toBeLessThan(20_000);
  await beLate();
  expect(await scene.claim()).not.toBeNull();
});

it('a turn that follows on another one by itself is not one that another process left', async () => {
  const twin = { ...scene.recordOf(3), id: 'twin', content: { ...scene.recordOf(3).content, code: 'A9' } };
  scene.target.records.set(twin.id, twin);
  expect(await scene.check()).toMatchObject({ state: 'drifted', extra: 1 });
  await deliverAll(scene.delivery);
  expect(scene.target.records.get(twin.id)?.content.active).toBe(false);
  expect(await isToBeRead()).toBe(false);
});
