import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isRefusal, run, sql } from '#platform';
import type { ConceptId, Entry } from '#taxonomy';
import type { Driver } from '#targets';
import { spoken, type Language } from '#words';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import type { DeliveryContext } from '../delivery/work-system.ts';
import { CatalogClient } from '../intake/catalog-client.ts';
import { connectorDatabase, type ConnectorDatabase } from '../testing/connector-database.ts';
import {
  deliverAll,
  deliveryTo,
  emptyDatabase,
  registerOnOneSystem,
  registerTargets,
  takeIn,
} from '../testing/delivery-harness.ts';
import { startFakeCatalog, type FakeCatalog } from '../testing/fake-catalog.ts';
import { conceptNumber, MapHistory, mapOf, type PublishedRevision } from '../testing/map-history.ts';
import { SimulatedTarget } from '../testing/simulated-target.ts';
import { claimSealed, releaseSealed } from './claim-sealed.ts';
import { followSealed } from './follow-sealed.ts';
import { readSealedRehearsal, readSealedSets, rehearseNow } from './read-sealed.ts';
import type { SealedRehearsal } from './schemas.ts';
import { workSealed } from './work-sealed.ts';

const { signal } = new AbortController();
const everyMs = 86_400_000;
const limits = { targetMs: 200, systemMs: 1_000 };
const first = ['1 A1 a', '2 A1.1 b', '3 A1.2 c', '4 A2 d'];
const long = 'un titolo che non sta in trenta segni';
let database: ConnectorDatabase;
let db: DataSource;
let catalog: FakeCatalog;
let short: SimulatedTarget;
let wide: SimulatedTarget;
let delivery: DeliveryContext;
let ahead: MapHistory;
let inForce: PublishedRevision;

beforeAll(async () => {
  database = await connectorDatabase();
  db = database.db;
});
afterAll(() => database.close());
afterEach(() => catalog.close());

/** Both targets hold revision 1; one takes titles of at most 30 characters. */
beforeEach(async () => {
  await emptyDatabase(db);
  [short, wide] = [new SimulatedTarget(), new SimulatedTarget()];
  short.capabilities = { ...short.capabilities, longestTitle: 30 };
  delivery = deliveryTo(db, { short, wide });
  await registerTargets(db, ['short', 'wide'], 'map');
  // What drivers differ in stands in settings.
  await run(db, sql`update target set settings = jsonb_build_object('name', id)`);
  const history = new MapHistory('map');
  ahead = new MapHistory('map');
  inForce = history.publish(mapOf(first));
  ahead.publish(mapOf(first));
  await takeIn(db, inForce);
  await deliverAll(delivery);
  catalog = await startFakeCatalog(history);
});

/** Seals what comes after all that is sealed. */
function seal(set: number, next: Map<ConceptId, Entry>, effectiveDate = '2999-01-01') {
  const { changes, inForce: then } = ahead.publish(next, effectiveDate);
  const { edition, contentHash, base } = then;
  const id = conceptNumber(set);
  const listed = {
    set: id,
    scheme: 'map',
    edition,
    effectiveDate,
    contentHash,
    baseHash: base?.contentHash ?? '',
    changes: changes.length,
    changesAt: `/api/v1/schemes/map/sealed/${id}/changes`,
  };
  return { listed, changes };
}

const follow = () => followSealed(db, new CatalogClient(catalog.address, 2_000), signal);
const work = (drivers: DriverCabinet = delivery.drivers, stop: AbortSignal = signal) =>
  workSealed({
    db,
    catalog: new CatalogClient(catalog.address, 2_000),
    drivers,
    logger: database.logger,
    limits,
    rehearsing: { everyMs, turnMs: 60_000 },
    signal: stop,
  });

async function rehearsal(set: number, page: { cursor?: string; limit: number } = { limit: 50 }) {
  const answer = await readSealedRehearsal(db, conceptNumber(set), page);
  if (isRefusal(answer)) throw new Error(answer.title.english);
  return spoken(answer, 'en');
}
const said = ({ targets }: SealedRehearsal): string[] =>
  targets.flatMap(({ target, shown }) =>
    shown.map(({ code, title, class: is, reason }) => `${target} ${is} ${code} "${title}": ${reason}`),
  );

it('says what each target would refuse ahead of the day, and writes nothing, here or there', async () => {
  catalog.sealed = [seal(91, mapOf(['1 A1 a', `2 A1.1 ${long}`, '3 A1.2 c', `5 A3 ${long}`, '6 A3.1 f']))];
  const before = await run(db, sql`select * from link order by target_id, concept_id`);
  for (const { calls } of [short, wide]) calls.length = 0;
  await follow();
  await work();
  expect(said(await rehearsal(91))).toEqual([
    `short rejected A1.1 "${long}": title longer than 30 characters, and no short title that fits`,
    `short rejected A3 "${long}": title longer than 30 characters, and no short title that fits`,
    'short waits A3.1 "f": waits for A3',
  ]);
  expect(await readSealedSets(db)).toMatchObject([
    { set: conceptNumber(91), effectiveDate: '2999-01-01', refusing: 1, rehearsedAt: expect.any(String) },
  ]);
  expect(await run(db, sql`select * from link order by target_id, concept_id`)).toEqual(before);
  expect([...short.calls, ...wide.calls]).toEqual([]);
});

it('says of a day what delivery then does', async () => {
  const next = mapOf(['2 A1 b', `1 A1.1 ${long}`, '3 A1.1.1 c', `5 A3 ${long}`, '6 A3.1 f', '7 A3.1.1 g']);
  catalog.sealed = [seal(91, next)];
  await follow();
  await work();
  const foretold = said(await rehearsal(91));
  await takeIn(db, catalog.history.publish(next));
  await deliverAll(delivery);
  const stuck = await run<{ line: string }>(
    db,
    sql`select target_id || ' ' || class || ' ' || code || ' "' || title || '": ' || reason as line
        from stuck order by target_id, code`,
  );
  expect(foretold).not.toEqual([]);
  expect(foretold).toEqual(stuck.map(({ line }) => line));
});

it('lays each set over those before it, and blames it only for what it touches', async () => {
  const [one, two] = [`5 A3 ${long}`, '6 A3.1 f'];
  catalog.sealed = [
    seal(91, mapOf([...first, one])),
    seal(92, mapOf([...first, one, two]), '2999-06-01'),
    seal(93, mapOf([...first, '5 A3 e', two]), '2999-07-01'),
  ];
  await follow();
  await work();
  expect(said(await rehearsal(91))).toHaveLength(1);
  expect(said(await rehearsal(92))).toEqual(['short waits A3.1 "f": waits for A3']);
  expect(said(await rehearsal(93))).toEqual([]);
});

it('rehearses once a day, at once when asked, and again when the set stands otherwise', async () => {
  catalog.sealed = [seal(91, mapOf([...first, `5 A3 ${long}`]))];
  await follow();
  await work();
  const at = async () => (await rehearsal(91)).rehearsedAt;
  const before = await at();
  catalog.requests.length = 0;
  await follow();
  await work();
  expect(await at()).toBe(before);
  expect(catalog.requests).toEqual(['/api/v1/schemes/map/sealed']);

  await rehearseNow(db, conceptNumber(91));
  await work();
  expect(await at()).not.toBe(before);

  ahead = new MapHistory('map');
  ahead.publish(mapOf(first));
  catalog.sealed = [seal(91, mapOf([...first, '5 A3 e']))];
  await follow();
  expect(await at()).toBeNull();
  await work();
  expect(await rehearsal(91)).toMatchObject({ targets: [], rehearsedAt: expect.any(String) });

  await run(db, sql`update sealed_set set due_at = now() - interval '1 second', rehearsed_at = null`);
  await work();
  expect(await at()).not.toBeNull();
});

it('takes the edition of a set from the list again, and keeps its rehearsal', async () => {
  const set = seal(91, mapOf([...first, '5 A3 e']));
  catalog.sealed = [set];
  await follow();
  await work();
  catalog.sealed = [{ ...set, listed: { ...set.listed, edition: 'Rev. 2999' } }];
  await follow();
  expect(await readSealedSets(db)).toMatchObject([{ edition: 'Rev. 2999', rehearsedAt: expect.any(String) }]);
});

it('forgets what is withdrawn or in force; a catalog that is away withdraws nothing', async () => {
  catalog.sealed = [seal(91, mapOf([...first, `5 A3 ${long}`]))];
  await follow();
  await work();
  const { address } = catalog;
  await catalog.close();
  await expect(follow()).rejects.toThrow();
  await work();
  expect(said(await rehearsal(91))).toHaveLength(1);

  catalog = await startFakeCatalog(catalog.history);
  expect(catalog.address).not.toBe(address);
  await follow();
  expect(await readSealedSets(db)).toEqual([]);
  expect(await run(db, sql`select from sealed_change union all select from sealed_refusal`)).toEqual([]);
  expect(await readSealedRehearsal(db, conceptNumber(91), { limit: 1 })).toMatchObject({ status: 404 });
});

it('waits where the catalog goes away between list and changes, and where the set stands on what is not here', async () => {
  catalog.sealed = [seal(91, mapOf([...first, `5 A3 ${long}`]))];
  await follow();
  const { sealed } = catalog;
  catalog.sealed = [];
  await work();
  expect(await rehearsal(91)).toMatchObject({ rehearsedAt: null, targets: [] });
  catalog.sealed = sealed;
  await run(db, sql`update sealed_set set due_at = now()`);
  await run(db, sql`update revision set content_hash = 'another'`);
  await work();
  expect(await rehearsal(91)).toMatchObject({ rehearsedAt: null });
  await run(db, sql`update revision set content_hash = ${inForce.inForce.contentHash}`);
  await work();
  expect(said(await rehearsal(91))).toHaveLength(1);
});

it('is worked by one process at a time, and goes on where a killed one was', async () => {
  catalog.sealed = [seal(91, mapOf([...first, `5 A3 ${long}`]))];
  await follow();
  const holder = crypto.randomUUID();
  expect(await claimSealed(db, holder)).toMatchObject({ isFetched: false, revision: 1 });
  await work();
  expect(await rehearsal(91)).toMatchObject({ rehearsedAt: null });
  await releaseSealed(db, conceptNumber(91), holder);
  await run(db, sql`update sealed_set set done_profile = 'map', done_target = 'short'`);
  await work();
  expect(await rehearsal(91)).toMatchObject({ rehearsedAt: expect.any(String), targets: [] });
});

it('is read in pages of targets', async () => {
  wide.capabilities = { ...short.capabilities };
  catalog.sealed = [seal(91, mapOf([...first, `5 A3 ${long}`]))];
  await follow();
  await work();
  const page = await rehearsal(91, { limit: 1 });
  expect(page).toMatchObject({ refusing: 2, next: 'short', targets: [{ target: 'short', refused: 1 }] });
  const second = await rehearsal(91, { limit: 1, cursor: 'short' });
  expect(second).toMatchObject({ next: null, targets: [{ target: 'wide' }] });
  await run(db, sql`update target set listed = false where id = 'wide'`);
  expect(await rehearsal(91)).toMatchObject({ refusing: 1, targets: [{ target: 'short' }] });
});

describe('asks the targets', () => {
  const sealOne = async (...lines: string[]): Promise<void> => {
    catalog.sealed = [seal(91, mapOf([...first, ...lines]))];
    await follow();
    await work();
  };
  const toldOf = async (id: string, language: Language = 'en') => {
    const answer = await readSealedRehearsal(db, conceptNumber(91), { limit: 50 });
    if (isRefusal(answer)) throw new Error(answer.title.english);
    return spoken(answer, language).targets.find(({ target }) => target === id);
  };

  it('which codes somebody else has, and only of those that the set gives', async () => {
    for (const target of [short, wide]) {
      target.pageSize = 2;
      target.hold('x1', 'A3', 'di altri');
      target.hold('x2', 'A9', 'di altri');
    }
    Object.assign(wide.capabilities, { uniqueCodes: false });
    await sealOne('5 A3 e', '6 A4 f');
    expect(said(await rehearsal(91))).toEqual([
      'short rejected A3 "e": the code A3 is taken there by a record that is not ours: x1',
    ]);
    expect((await toldOf('short', 'it'))?.shown[0]?.reason).toBe(
      'il codice A3 lì è di una registrazione che non è nostra: x1',
    );
    expect(await readSealedSets(db)).toMatchObject([{ refusing: 1, notRehearsed: 0 }]);
  });

  it('and does not take for taken a code that a record of ours has until then', async () => {
    catalog.sealed = [seal(91, mapOf(['1 A2 a', '2 A2.1 b', '3 A2.2 c', '4 A1 d']))];
    await follow();
    await work();
    expect(said(await rehearsal(91))).toEqual([]);
  });

  it('whether they let us do what we need: a permission, a credential, settings, a secret', async () => {
    short.probe = async () => ({ is: 'rejected', reason: 'our user may not create' });
    await run(db, sql`update target set settings = '{"name": "nobody"}' where id = 'wide'`);
    await sealOne('5 A3 e');
    expect(await toldOf('short')).toMatchObject({
      refused: 0,
      reason: 'our user may not create',
      notRehearsed: null,
    });
    expect(await toldOf('wide', 'it')).toMatchObject({
      refused: 0,
      reason:
        'le sue impostazioni non sono adatte al driver "simulated"; correggere il suo profilo nel file dei sistemi collegati',
    });
    expect(await readSealedSets(db)).toMatchObject([{ refusing: 2, notRehearsed: 0 }]);
  });

  it('and one that is away, rests or does not answer in time costs the others nothing, and says that it was not rehearsed', async () => {
    wide.capabilities = { ...short.capabilities };
    short.probe = (async (until: AbortSignal) => {
      await new Promise((resolve) => until.addEventListener('abort', resolve));
      return { is: 'failing', reason: 'cut off', aboutSystem: true };
    }) satisfies Driver['probe'];
    await sealOne(`5 A3 ${long}`);
    expect(await toldOf('short')).toMatchObject({
      // What its ledger says is foreseen all the same.
      refused: 1,
      notRehearsed: 'not rehearsed: it did not answer in time',
    });
    expect(await toldOf('wide', 'it')).toMatchObject({
      refused: 1,
      notRehearsed: null,
      shown: [{ reason: 'titolo di più di 30 caratteri, e nessun titolo breve che ci stia' }],
    });
    await run(
      db,
      sql`update system set retry_at = now() + interval '1 hour', reason = 'the server answers 503' where id = 'wide'`,
    );
    wide.probes = 0;
    await rehearseNow(db, conceptNumber(91));
    await work();
    expect(wide.probes).toBe(0);
    expect(await toldOf('wide', 'it')).toMatchObject({
      notRehearsed: 'non provato: riposa dopo un guasto: the server answers 503',
    });
    expect(await readSealedSets(db)).toMatchObject([{ notRehearsed: 2, rehearsedAt: expect.any(String) }]);
  });

  it('of a system that several targets say nothing of no more than these, and stops when it is told to', async () => {
    await emptyDatabase(db);
    const away = new SimulatedTarget();
    const ids = Array.from({ length: 9 }, (_, i) => `t${i}`);
    delivery = deliveryTo(db, Object.fromEntries(ids.map((id) => [id, away])));
    await registerOnOneSystem(db, ids, 'map');
    await takeIn(db, inForce);
    away.isAway = true;
    away.probes = 0;
    await sealOne('5 A3 e');
    expect(away.probes).toBe(3);
    expect(await readSealedSets(db)).toMatchObject([{ refusing: 0, notRehearsed: 9 }]);
    expect(await toldOf('t8')).toMatchObject({ notRehearsed: 'not rehearsed: the server is away' });

    const stop = new AbortController();
    away.probe = async () => {
      stop.abort();
      return null;
    };
    await rehearseNow(db, conceptNumber(91));
    await work(delivery.drivers, stop.signal);
    expect((await rehearsal(91)).targets).toHaveLength(9);
    const [set] = await run<{ done: string }>(db, sql`select done_target as done from sealed_set`);
    expect(set).toEqual({ done: '' });
  });
});
