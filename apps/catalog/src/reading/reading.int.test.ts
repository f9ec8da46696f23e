import 'reflect-metadata';
import { createHttpApp, createLogger, run, sql, type HttpApp } from '#platform';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AppModule } from '../app.module.ts';
import { catalogEnv } from '../config.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishSeed } from '../testing/seed.ts';
import { RevisionsInMemory } from './revisions-in-memory.ts';

let catalog: CatalogDatabase;
let app: HttpApp;
let map: string;
let here: Awaited<ReturnType<typeof publisher>>;

const config = () =>
  catalogEnv.parse({
    PORT: '0',
    DATABASE_URL: catalog.appUrl,
    // Nobody is there: reading needs neither.
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: 'http://127.0.0.1:1/idp',
  });

beforeAll(async () => {
  [catalog, here] = await Promise.all([catalogDatabase(), publisher()]);
  await publishSeed(catalog.db);
  const logger = createLogger('test', 'silent');
  const options = { name: 'catalog', host: '127.0.0.1', port: 0, logger };
  app = await createHttpApp(AppModule.forRoot(config(), logger), options);
  map = `${await app.start()}/api/v1/schemes/processi-camerali`;
});
afterAll(async () => {
  await app.stop();
  await catalog.close();
});

/** What publishes, in this process; loaded once more, it is another process as far as memory goes. */
const publisher = async () => ({
  ...(await import('../drafts/open-draft.ts')),
  ...(await import('../drafts/edit-draft.ts')),
  ...(await import('../testing/publish-draft.ts')),
  ...(await import('../database/data-source.ts')),
});

async function retitle(title: string, { openDraft, editDraft, publishDraft, ...data } = here): Promise<void> {
  const db = await data.catalogDataSource(catalog.appUrl).initialize();
  const draft = await openDraft(db.manager, 'processi-camerali', editor);
  const draftId = 'id' in draft ? draft.id : '';
  await editDraft(db, draftId, [{ op: 'change', entry: 'A1', titles: { it: { official: title } } }], editor);
  const published = await publishDraft(db, draftId);
  expect(published).toHaveProperty('revision');
  await db.destroy();
}
const patiently = { timeout: 30_000, interval: 20 };
const titleNow = async () => {
  const answer = await fetch(`${map}/entries/A1`);
  return ((await answer.json()) as { titles: { it: { official: string } } }).titles.it.official; // oxlint-disable-line typescript/no-unsafe-type-assertion
};

test('what is in force is known without asking Postgres, once somebody asked for it', async () => {
  const revisions = app.nest.get(RevisionsInMemory);
  await vi.waitFor(async () => {
    await titleNow();
    expect(revisions.known('processi-camerali', undefined)).toMatchObject({ number: 1 });
  }, patiently);
});

test('a publication by this process is seen by the next read', async () => {
  for (const title of ['Uno', 'Due', 'Tre']) {
    await titleNow();
    await retitle(title);
    expect(await titleNow()).toBe(title);
  }
});

test('a publication by another process is seen as soon as Postgres tells', async () => {
  vi.resetModules();
  const elsewhere = await publisher();
  expect(elsewhere.publishDraft).not.toBe(here.publishDraft);
  await titleNow();
  await retitle('Quattro', elsewhere);
  await vi.waitFor(async () => expect(await titleNow()).toBe('Quattro'), patiently);
});

test('when the connection that listens breaks, nothing is missed that was published meanwhile', async () => {
  await run(
    catalog.db,
    sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'catalog-reading'`,
  );
  vi.resetModules();
  await retitle('Cinque', await publisher());
  await vi.waitFor(async () => expect(await titleNow()).toBe('Cinque'), patiently);
});

test('as long as nobody listens, Postgres is asked each time what is in force; a numbered revision stays known', async () => {
  const deaf = new RevisionsInMemory(
    catalog.db,
    { ...config(), DATABASE_URL: 'postgres://mappa@127.0.0.1:1/mappa' },
    createLogger('test', 'silent'),
  );
  await deaf.onApplicationBootstrap();
  for (const number of [undefined, 1]) await deaf.find('processi-camerali', number);
  expect(deaf.known('processi-camerali', undefined)).toBeUndefined();
  expect(deaf.known('processi-camerali', 1)).toMatchObject({ number: 1 });
  deaf.onApplicationShutdown();
});

test('an entry has a strong ETag, which HEAD tells too, and a revision in the address makes it last', async () => {
  const [get, head] = [
    await fetch(`${map}/entries/A1.2?revision=1`),
    await fetch(`${map}/entries/A1.2?revision=1`, { method: 'HEAD' }),
  ];
  const etag = get.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[\w-]{27}"$/);
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
  expect(get.headers.get('cache-control')).toMatch('immutable');
  const again = await fetch(`${map}/entries/A1.2?revision=1`, { headers: { 'if-none-match': `W/${etag}` } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});
