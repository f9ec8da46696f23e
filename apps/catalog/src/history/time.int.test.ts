import 'reflect-metadata';
import { createHttpApp, createLogger, isRefusal, type HttpApp } from '#platform';
import { apply, codeFrom, conceptIdOf, merkle, type Change, type ConceptId, type Entry } from '#taxonomy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IdentityProvider } from '../../../../test/support/identity-provider.ts';
import { AppModule } from '../app.module.ts';
import { catalogEnv } from '../config.ts';
import { findRevision } from '../reading/find-revision.ts';
import { readOrdered } from '../reading/read-tree.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishOrSeal, withdraw } from '../sealing/publish-or-seal.ts';
import { openedWith } from '../testing/opened-with.ts';
import { approver } from '../testing/people.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import {
  administrator,
  draftSynthetic2019,
  inventedConcept,
  replaced2019,
} from '../testing/synthetic-2019.ts';
import { addHistory } from './add-history.ts';

let catalog: CatalogDatabase;
let identityProvider: IdentityProvider;
let app: HttpApp;
let address: string;
const scheme = 'processi-camerali';
const staffingPlan = conceptIdOf(scheme, 'Rev. 2023', 'A1.3.2.5');

beforeAll(async () => {
  [catalog, identityProvider] = await Promise.all([catalogDatabase(), IdentityProvider.start()]);
  await publishSeed(catalog.db);
  const added = await addHistory(catalog.db, {
    schemeId: scheme,
    draftId: await draftSynthetic2019(catalog.db, scheme, replaced2019),
    by: await administrator(catalog.db),
  });
  expect(isRefusal(added)).toBe(false);
  const config = catalogEnv.parse({
    PORT: '0',
    DATABASE_URL: catalog.appUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: identityProvider.issuer,
  });
  const logger = createLogger('test', 'silent');
  const options = { name: 'catalog', host: '127.0.0.1', port: 0, logger };
  app = await createHttpApp(AppModule.forRoot(config, logger), options);
  address = `${await app.start()}/api/v1/schemes/${scheme}`;
});
afterAll(async () => {
  await app.stop();
  await identityProvider.goAway();
  await catalog.close();
});

const get = async (path: string): Promise<unknown> => (await fetch(`${address}${path}`)).json();
const mapAt = async (number: number): Promise<Map<ConceptId, Entry>> => {
  const found = await findRevision(catalog.db.manager, scheme, number);
  if (isRefusal(found)) throw new Error(found.title.english);
  return new Map((await readOrdered(catalog.db, found)).map((entry) => [entry.conceptId, entry]));
};

describe('a code of an edition', () => {
  const of2019 = `/editions/${encodeURIComponent('Rev. 2019 (synthetic)')}/codes`;

  test('has a permanent address, with what it meant, the address of its concept, and what it is today', async () => {
    expect(await get(`${of2019}/A1.1.1.6`)).toMatchObject({
      revision: 0,
      concept: `${address}/concepts/${staffingPlan}`,
      entry: { conceptId: staffingPlan, code: 'A1.1.1.6', path: ['A1', 'A1.1', 'A1.1.1'] },
      today: { status: 'renumbered', results: [{ code: 'A1.3.2.5' }] },
    });
    expect(await get(`${of2019}/A1.1.1.9`)).toMatchObject({
      concept: `${address}/concepts/${inventedConcept}`,
      today: { status: 'replaced', results: [{ code: 'A1.1.1.4' }] },
    });
  });

  test('that it never had, or of an edition that nobody knows, is a 404', async () => {
    expect(await get(`${of2019}/A9`)).toMatchObject({ status: 404, type: '/problems/code-unknown' });
    expect(await get('/editions/2018/codes/A1')).toMatchObject({
      status: 404,
      type: '/problems/edition-unknown',
    });
  });
});

describe('a concept', () => {
  test('has a permanent address, which says how it is now', async () => {
    expect(await get(`/concepts/${staffingPlan}`)).toMatchObject({
      state: 'in-force',
      entry: {
        code: 'A1.3.2.5',
        path: ['A1', 'A1.3', 'A1.3.2'],
        from: { edition: 'Rev. 2023' },
        through: null,
      },
    });
  });

  test('that is no longer part of the map is shown as it last was', async () => {
    expect(await get(`/concepts/${inventedConcept}`)).toMatchObject({
      state: 'retired',
      entry: { code: 'A1.1.1.9', through: { revision: 0 } },
    });
  });

  test('is told through all revisions, with whose place it took or gave up', async () => {
    expect(await get(`/concepts/${staffingPlan}/history`)).toMatchObject({
      states: [
        { code: 'A1.1.1.6', path: ['A1', 'A1.1', 'A1.1.1'], from: { revision: 0 }, through: { revision: 0 } },
        { code: 'A1.3.2.5', from: { revision: 1 }, through: null },
      ],
      events: [
        { revision: 0, kind: 'created' },
        { revision: 1, kind: 'renumbered', before: { code: 'A1.1.1.6' }, after: { code: 'A1.3.2.5' } },
      ],
    });
    expect(await get(`/concepts/${inventedConcept}/history`)).toMatchObject({
      events: expect.arrayContaining([
        expect.objectContaining({ kind: 'replaced', after: expect.objectContaining({ code: 'A1.1.1.4' }) }),
      ]),
    });
  });

  test('that nobody knows is a 404', async () => {
    expect(await get('/concepts/00000000-0000-4000-8000-00000000abcd')).toMatchObject({
      type: '/problems/concept-unknown',
      status: 404,
    });
  });
});

describe('two revisions compared', () => {
  test.each([
    [0, 1],
    [1, 0],
  ])('from %i to %i: applied to the one they give the other, by hash', async (from, to) => {
    const changes: Change[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page = (await get(`/compare?from=${from}&to=${to}&limit=200&after=${after}`)) as {
        items: Change[];
        next: number | null;
      };
      changes.push(...page.items);
      after = page.next;
    }
    const reached = apply(changes, await mapAt(from));
    expect(merkle(scheme, reached.values()).root).toBe(merkle(scheme, (await mapAt(to)).values()).root);
  });

  test('carry the successions that lead from one to the other', async () => {
    const changes = (await get('/compare?from=2019-06-01&to=Rev.%202023&limit=1000')) as { items: Change[] };
    const retired = changes.items.find(({ conceptId }) => conceptId === inventedConcept);
    expect(retired).toMatchObject({
      kinds: ['retired'],
      successors: [conceptIdOf(scheme, 'Rev. 2023', 'A1.1.1.4')],
      before: { code: codeFrom('A1.1.1.9') },
    });
  });
});

describe('what was in force', () => {
  test.each([
    ['in 2020', '2020-01-01', 0],
    ['today', '2026-01-01', 1],
  ])('%s', async (_, day, revision) => {
    expect(await get(`/in-force?on=${day}`)).toMatchObject({ revision });
  });

  test('on a day as people write it in Italy', async () => {
    expect(await get('/in-force?on=01/01/2020&knownOn=31/12/2026')).toMatchObject({ revision: 0 });
  });

  test.each([
    ['on=2026-02-30', 'There is no such day.'],
    ['on=30/2/2026', 'There is no such day.'],
    ['on=2026-01-01&knownOn=2026-13-01', 'There is no such day.'],
    ['on=1 January', 'It must be a day such as 2026-01-31.'],
  ])('%s: %s', async (query, message) => {
    expect(await get(`/in-force?${query}`)).toMatchObject({ status: 400, problems: [{ message }] });
  });

  test('is nothing as it was known before anything was published', async () => {
    expect(await get('/in-force?on=2026-01-01&knownOn=2000-01-01')).toMatchObject({
      type: '/problems/nothing-in-force',
      status: 404,
    });
  });

  test('as it was known reads what was sealed, until it was withdrawn', async () => {
    const draftId = await openedWith(catalog.db, [
      { op: 'change', entry: 'A1', titles: { it: { official: 'Dal nuovo secolo' } } },
    ]);
    await approveDraft(catalog.db, draftId);
    const at = (day: string) => ({ now: new Date(`${day}T12:00:00Z`) });
    await publishOrSeal(catalog.db, {
      draftId,
      by: approver,
      effectiveDate: '2127-01-01',
      ...at('2126-12-01'),
    });
    await withdraw(catalog.db, draftId, approver, at('2126-12-10'));
    const known = (on: string, knownOn: string) => get(`/in-force?on=${on}&knownOn=${knownOn}`);
    expect(await known('2127-01-01', '2126-11-30')).toMatchObject({ revision: 1 });
    expect(await known('2127-01-01', '2126-12-01')).toMatchObject({
      set: draftId,
      effectiveDate: '2127-01-01',
    });
    expect(await known('2126-12-31', '2126-12-09')).toMatchObject({ revision: 1 });
    expect(await known('2127-01-01', '2126-12-10')).toMatchObject({ revision: 1 });
    expect(await get('/in-force?on=2127-01-01')).toMatchObject({ revision: 1 });
  });
});

test('everything that is read of a revision is read of history too', async () => {
  expect(await get('/entries/A1.1.1.6?revision=0')).toMatchObject({ revision: 0, conceptId: staffingPlan });
  expect(await get('/entries/A1.1.1/children?revision=0')).toMatchObject({
    items: [{ code: 'A1.1.1.6' }, { code: 'A1.1.1.9' }],
  });
  expect(await get('/tree?revision=0')).toMatchObject({ edition: 'Rev. 2019 (synthetic)', revision: 0 });
  expect(await get('/revisions/0')).toMatchObject({ revision: 0, base: null });
  expect(await get('/revisions/0/changes')).toMatchObject({ items: [] });
  expect((await fetch(`${address}/export.csv?revision=0`)).status).toBe(200);
});
