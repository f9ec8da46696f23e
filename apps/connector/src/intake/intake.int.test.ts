import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DataSource } from 'typeorm';
import { noSteps } from '#contracts';
import { run, sql } from '#platform';
import { readReplica } from '../operations/replica-status.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import { emptyDatabase, takeIn } from '../testing/delivery-harness.ts';
import { startFakeCatalog, type FakeCatalog } from '../testing/fake-catalog.ts';
import { conceptNumber, MapHistory, mapOf, officialLikeMap } from '../testing/map-history.ts';
import { CatalogClient } from './catalog-client.ts';
import { Intake } from './intake.ts';
import { repairOnce } from './repair.ts';

let database: ConnectorDatabase;
let db: DataSource;
let history: MapHistory;
let catalog: FakeCatalog;
let intake: Intake;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
  intake = new Intake(db, database.logger);
});
afterAll(() => database.close());
beforeEach(async () => {
  await emptyDatabase(db);
  history = new MapHistory('map');
  catalog = await startFakeCatalog(history);
});
afterEach(() => catalog.close());

const lines = ['1 - A', '2 A1 a', '3 A1.1 b', '4 A1.1.1 c', '5 A2 d'];
const changed = ['1 - A', '2 A1 a', '4 A1.2 c', '5 A2 D', '6 A2.1 e'];
const again = ['1 - A', '2 A1 a', '4 A1.2 c', '5 A2 D', '6 A2.1 f'];
const replica = () => readReplica(db, 'map');
const planOf = (create: number) => [
  { profile: 'map', targets: 1, refused: 0, counts: { ...noSteps(), create } },
];
const plans = async () =>
  (await run<{ plan: unknown }>(db, sql`select plan from revision order by number`)).map(({ plan }) => plan);
const repair = (holeMs = 0) =>
  repairOnce({
    dataSource: db,
    catalog: new CatalogClient(catalog.address),
    intake,
    holeMs,
    logger: database.logger,
    signal: new AbortController().signal,
  });

describe('intake', () => {
  it('holds a revision, proved by its hash, when all of it is there, in whatever order it came', async () => {
    const first = history.publish(mapOf(officialLikeMap()));
    const second = history.publish(mapOf(officialLikeMap().slice(0, 400)));
    await intake.takeRevisions([second.inForce], 'e');
    await intake.takeChanges(second.changes, 'e');
    await intake.takeChanges(first.changes.slice(200), 'e');
    expect(await replica()).toMatchObject({ revision: 0, waiting: 1, entries: 0 });
    await intake.takeRevisions([first.inForce], 'e');
    await intake.takeChanges(first.changes.slice(0, 199), 'e');
    expect(await replica()).toMatchObject({ revision: 0, waiting: 2 });
    await intake.takeChanges(first.changes.slice(199, 200), 'e');
    expect(await replica()).toMatchObject({
      revision: 2,
      waiting: 0,
      entries: 400,
      contentHash: second.inForce.contentHash,
    });
  });

  it('does not mind repeats, of what waits and of what is held', async () => {
    const first = history.publish(mapOf(lines));
    const second = history.publish(mapOf(changed));
    for (const { changes, inForce } of [first, first, second, first, second]) {
      await intake.takeChanges(changes, 'e');
      await intake.takeChanges(changes, 'e');
      await intake.takeRevisions([inForce, inForce], 'e');
    }
    expect(await replica()).toMatchObject({
      revision: 2,
      waiting: 0,
      contentHash: second.inForce.contentHash,
    });
    expect(await run(db, sql`select from received_change`)).toHaveLength(0);
  });

  it('keeps every revision, so that any of them can be desired', async () => {
    for (const state of [lines, changed, again]) await takeIn(db, history.publish(mapOf(state)));
    const rows = await run<{ code: string | null }>(
      db,
      sql`select code from entry where from_revision <= 1 and (to_revision is null or to_revision > 1) order by code nulls first`,
    );
    expect(rows.map(({ code }) => code)).toEqual([null, 'A1', 'A1.1', 'A1.1.1', 'A2']);
    expect(await replica()).toMatchObject({ revision: 3, entries: 5 });
  });

  it('takes the same from several processes at once', async () => {
    const first = history.publish(mapOf(officialLikeMap()));
    const parts = [0, 100, 200, 300, 400].map((from) => first.changes.slice(from, from + 100));
    await Promise.all([
      ...[...parts, ...parts.toReversed()].map((part) =>
        new Intake(db, database.logger).takeChanges(part, 'e'),
      ),
      intake.takeRevisions([first.inForce], 'e'),
    ]);
    expect(await replica()).toMatchObject({ revision: 1, entries: 453, problem: null });
  });

  it('fetches from the catalog what does not arrive, once it has waited for it', async () => {
    const first = history.publish(mapOf(lines));
    const second = history.publish(mapOf(changed));
    await intake.takeChanges(first.changes.slice(1), 'e');
    await intake.takeChanges(second.changes, 'e');
    await intake.takeRevisions([second.inForce], 'e');
    expect(await repair(60_000)).toBe(false);
    expect(catalog.requests).toHaveLength(0);
    expect(await repair()).toBe(true);
    expect(await replica()).toMatchObject({
      revision: 2,
      waiting: 0,
      contentHash: second.inForce.contentHash,
    });
    expect(await repair()).toBe(false);
  });

  it('keeps the approved plan of a revision, whoever brings it first, and never replaces it', async () => {
    const { changes, inForce } = history.publish(mapOf(lines));
    const planned = { ...inForce, plan: planOf(4) };
    await intake.takeRevisions([inForce, inForce], 'e');
    expect(await plans()).toEqual([null]);
    await intake.takeRevisions([{ ...planned, contentHash: 'f'.repeat(64) }], null);
    expect(await plans()).toEqual([null]);
    await intake.takeRevisions([inForce, planned], null);
    await intake.takeRevisions([{ ...inForce, plan: planOf(9) }, inForce], 'e');
    await intake.takeChanges(changes, 'e');
    expect(await plans()).toEqual([planOf(4)]);
    expect(await replica()).toMatchObject({ revision: 1 });
  });

  it('has the approved plans still when it takes damaged revisions anew, or goes back with a restored catalog', async () => {
    for (const state of [lines, changed]) {
      const { changes, inForce } = history.publish(mapOf(state));
      history.revisions.splice(-1, 1, { changes, inForce: { ...inForce, plan: planOf(inForce.revision) } });
    }
    for (const revision of history.revisions) await takeIn(db, revision);
    await run(
      db,
      sql`update revision set applied_at = null, problem = 'damaged', repair_at = now() where number = 2`,
    );
    expect(await repair()).toBe(true);
    expect(await plans()).toEqual([planOf(1), planOf(2)]);
    await intake.takeRevisions([{ ...history.revisions[0]!.inForce }], 'restored');
    expect(await repair(60_000)).toBe(true);
    expect(await plans()).toEqual([planOf(1), planOf(2)]);
    expect(await replica()).toMatchObject({ revision: 2, problem: null });
  });

  it('keeps who takes whose place, as either side says it, also of a revision that was taken in before that was kept', async () => {
    const [two, three, six] = [conceptNumber(2), conceptNumber(3), conceptNumber(6)];
    const links = [
      { predecessor: three, successor: six },
      { predecessor: three, successor: two },
    ];
    const first = history.publish(mapOf(lines));
    // Of the second link only the retired one tells: what goes on as it was has no change of its own.
    const second = history.publish(mapOf(['1 - A', '2 A1 a', '5 A2 d', '6 A1.1 b']), undefined, links);
    for (const { changes, inForce } of [first, second, second]) {
      await intake.takeChanges(changes, 'e');
      await intake.takeRevisions([inForce], 'e');
    }
    const kept = async () =>
      (
        await run<{ from: string; to: string }>(
          db,
          sql`select predecessor as "from", successor as "to" from succession where revision = 2 order by 2`,
        )
      ).map(({ from, to }) => [from, to]);
    const both = [
      [three, two],
      [three, six],
    ];
    expect(await kept()).toEqual(both);
    await run(db, sql`delete from succession`);
    await run(db, sql`update revision set knows_successions = false`);
    expect([await repair(), await repair()]).toEqual([true, false]);
    expect(await kept()).toEqual(both);
    history = new MapHistory('map');
    catalog.history = history;
    await intake.takeRevisions([history.publish(mapOf(lines)).inForce], 'another epoch');
    await repair();
    expect(await kept()).toEqual([]);
  });

  it('does not show a revision whose hash is not the published one, and takes it anew', async () => {
    const first = history.publish(mapOf(lines));
    const [change, ...others] = first.changes;
    const forged = {
      ...change!,
      after: change?.after ? { ...change.after, titles: { it: { official: 'X' } } } : null,
    };
    await intake.takeChanges([forged, ...others], 'e');
    await intake.takeRevisions([first.inForce], 'e');
    expect(await replica()).toMatchObject({
      revision: 0,
      desired: 0,
      problem: expect.stringContaining('has the hash'),
    });
    expect(await repair()).toBe(true);
    expect(await replica()).toMatchObject({
      revision: 1,
      problem: null,
      contentHash: first.inForce.contentHash,
    });
  });

  it('takes the whole map anew when one revision is not enough', async () => {
    await takeIn(db, history.publish(mapOf(lines)));
    await run(db, sql`update node set hash = repeat('0', 64) where concept_id = ${conceptNumber(3)}`);
    await run(
      db,
      sql`update entry set content_hash = repeat('0', 64) where concept_id = ${conceptNumber(3)}`,
    );
    const second = history.publish(mapOf(['1 - A', '2 A1 a', '3 A1.1 b', '4 A1.1.1 C', '5 A2 d']));
    await takeIn(db, second);
    expect(await replica()).toMatchObject({ revision: 1, problem: expect.stringContaining('Revision 2') });
    await repair();
    expect((await replica())?.problem).not.toBeNull();
    await run(db, sql`update revision set repair_at = now() where problem is not null`);
    await repair();
    expect(await replica()).toMatchObject({
      revision: 2,
      problem: null,
      contentHash: second.inForce.contentHash,
    });
  });

  it('notes changes that no map can hold, and is not blocked by them', async () => {
    const { changes, inForce } = history.publish(mapOf(lines));
    const [change, second, ...others] = changes;
    const twice = { ...second!, conceptId: change!.conceptId, after: change!.after };
    await intake.takeChanges([change!, twice, ...others], 'e');
    await intake.takeRevisions([inForce], 'e');
    expect(await replica()).toMatchObject({ revision: 0, problem: expect.stringContaining('duplicate key') });
    await repair();
    expect(await replica()).toMatchObject({ revision: 1, problem: null });
  });

  it('goes back with a catalog that was restored, and then takes the new history', async () => {
    await takeIn(db, history.publish(mapOf(lines)));
    await takeIn(db, history.publish(mapOf(changed)));
    const restored = new MapHistory('map');
    restored.publish(mapOf(lines));
    const other = restored.publish(mapOf(again));
    catalog.history = restored;
    await intake.takeChanges(other.changes, 'restored');
    await intake.takeRevisions([other.inForce], 'restored');
    expect(await replica()).toMatchObject({
      revision: 2,
      contentHash: history.revisions[1]?.inForce.contentHash,
    });
    await repair(60_000);
    expect(await replica()).toMatchObject({
      revision: 2,
      contentHash: other.inForce.contentHash,
      waiting: 0,
    });
    const late = history.publish(mapOf(lines));
    await intake.takeRevisions([late.inForce], 'epoch');
    expect(await replica()).toMatchObject({ revision: 2, waiting: 0 });
    const next = restored.publish(mapOf(changed));
    await intake.takeRevisions([next.inForce], 'restored');
    await intake.takeChanges(next.changes, 'restored');
    expect(await replica()).toMatchObject({ revision: 3, contentHash: next.inForce.contentHash });
  });
});
