import { afterAll, beforeAll, expect, it } from 'vitest';
import { inTransaction, run, runCount, sql } from '#platform';
import { skip } from '../operations/skip.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { deliverAll, endPauses, takeIn } from '../testing/delivery-harness.ts';
import { DriftScene, id } from '../testing/drift-scene.ts';
import { conceptNumber, mapOf } from '../testing/map-history.ts';

let database: ConnectorDatabase;
let scene: DriftScene;

beforeAll(async () => {
  database = await connectorDatabase();
});
afterAll(() => database.close());

const waiting = (): Promise<{ code: string; reason: string; may_exist: boolean }[]> =>
  run(database.db, sql`select code, reason, may_exist from stuck order by code`);

const lookLate = async (): Promise<void> => {
  await runCount(database.db, sql`update drift_check set late_at = now() where late_at > now()`);
  await scene.check();
  await deliverAll(scene.delivery);
};

const codes = (): string[] => [...scene.target.records.values()].map(({ content }) => content.code).sort();

/** The request to create concept 9 below A2 is lost; then it is to stand elsewhere, under a code that is refused, and A2 retires. */
async function lose(how: 'lose-all' | 'lose-answers', drift: 'repair' | 'report'): Promise<void> {
  const { db } = database;
  scene = await DriftScene.begin(db, { retire: 'delete', drift });
  await scene.publish('1 A1 a', '2 A2 b');
  const stop = new AbortController();
  scene.target.interfere = () => (stop.abort(), how);
  await takeIn(db, scene.history.publish(mapOf(['1 A1 a', '2 A2 b', '9 A2.1 c'])));
  await deliverAll(scene.delivery, stop.signal);
  scene.target.interfere = () => null;
  scene.target.refusedCodes.add('A3');
  await endPauses(db);
  await scene.publish('1 A1 a', '9 A3 c');
}

const waits = expect.objectContaining({ code: 'A2', reason: 'waits for A3' });

it('a record that was never made is waited for until the target was read once it could not be made late any more', async () => {
  await lose('lose-all', 'repair');
  await inTransaction(database.db, (transaction) => skip(transaction, id, 'A3', 'no'));
  await deliverAll(scene.delivery);
  await scene.check();
  await runCount(database.db, sql`update stuck set next_attempt_at = now()`);
  await deliverAll(scene.delivery);
  expect(await waiting()).toContainEqual(waits);
  await lookLate();
  expect(await waiting()).toEqual([expect.objectContaining({ code: 'A3', may_exist: true })]);
  expect(codes()).toEqual(['A1']);
});

it('one that was never made, and is made after the reading, gets no second record', async () => {
  await lose('lose-all', 'repair');
  await lookLate();
  expect(codes()).toEqual(['A1']);
  const content = { code: 'A2.1', title: 'c', level: 2, parent: null, active: true, validTo: null };
  scene.target.records.set('late', { id: 'late', key: conceptNumber(9), content });
  scene.target.refusedCodes.clear();
  await runCount(database.db, sql`update stuck set next_attempt_at = now()`);
  await deliverAll(scene.delivery);
  expect(scene.target.withKey(conceptNumber(9))).toHaveLength(1);
  expect(codes()).toEqual(['A1', 'A3']);
});

it('one that was made, and that nobody may mend, keeps what it stands below', async () => {
  await lose('lose-answers', 'report');
  for (let day = 0; day < 2; day++) {
    await lookLate();
    await runCount(database.db, sql`update stuck set next_attempt_at = now()`);
    await deliverAll(scene.delivery);
    expect(await waiting()).toContainEqual(waits);
  }
  expect(codes()).toEqual(['A1', expect.stringMatching(/^A2 /), 'A2.1']);
});

it('one that is seen later than that keeps it, too', async () => {
  await lose('lose-all', 'report');
  await runCount(database.db, sql`update drift_check set late_at = now() where late_at > now()`);
  await scene.check();
  const content = {
    code: 'A2.1',
    title: 'c',
    level: 2,
    parent: scene.recordOf(2).id,
    active: true,
    validTo: null,
  };
  scene.target.records.set('late', { id: 'late', key: conceptNumber(9), content });
  await scene.check();
  await deliverAll(scene.delivery);
  expect(await waiting()).toContainEqual(waits);
  expect(codes()).toEqual(['A1', expect.stringMatching(/^A2 /), 'A2.1']);
});
