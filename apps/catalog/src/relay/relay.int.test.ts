import { randomUUID } from 'node:crypto';
import { isRefusal, run, sql, waitOrStop } from '#platform';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import { takeLease } from './lease.ts';
import type { LogRow } from './read-log.ts';
import { relay } from './relay.ts';
import { Wake } from './wake.ts';

let catalog: CatalogDatabase;
let stop: AbortController;
const running: Promise<unknown>[] = [];

beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
beforeEach(() => {
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await Promise.allSettled(running.splice(0));
});
afterAll(() => catalog.close());

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Runs a relay whose Kafka is a function, so that a test decides what is acknowledged. */
function start(send: (rows: readonly LogRow[]) => Promise<void>): { wake: Wake; ended: Promise<void> } {
  const wake = new Wake();
  const options = { db: catalog.db, holder: randomUUID(), wake, logger: silent, connect: async () => {} };
  const ended = relay({ ...options, send: (_, rows) => send(rows) }, stop.signal, () => {});
  running.push(ended);
  return { wake, ended };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = AbortSignal.timeout(20_000);
  while (!(await condition())) {
    deadline.throwIfAborted();
    await waitOrStop(5, deadline);
  }
}

async function publishTitle(official: string): Promise<void> {
  const draft = await openDraft(catalog.db.manager, 'processi-camerali', editor);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  await editDraft(
    catalog.db,
    draft.id,
    [{ op: 'change', entry: 'A1', titles: { it: { official } } }],
    editor,
  );
  const published = await publishDraft(catalog.db, draft.id);
  if (isRefusal(published)) throw new Error(published.title.english);
}

const cursor = async () =>
  (await run<{ cursor: number }>(catalog.db, sql`select cursor from relay`))[0]?.cursor;
const lastPosition = async () =>
  (await run<{ last: number }>(catalog.db, sql`select max(position) as last from change_log`))[0]?.last;

test('all rows are sent in order, and the cursor follows what was acknowledged', async () => {
  const sent: number[] = [];
  start(async (rows) => void sent.push(...rows.map(({ position }) => position)));
  await until(async () => (await cursor()) === (await lastPosition()));
  expect(sent).toEqual(Array.from({ length: 454 }, (_, i) => i + 1));
});

test('a publication that is rung for is sent at once, and nothing again', async () => {
  const sent: LogRow[] = [];
  const { wake } = start(async (rows) => void sent.push(...rows));
  await publishTitle('Uno');
  wake.ring();
  await until(() => sent.length >= 2);
  expect(sent.map(({ revision, conceptId }) => [revision, conceptId !== null])).toEqual([
    [2, true],
    [2, false],
  ]);
});

test('while Kafka is away publication goes on; what was not acknowledged is sent again', async () => {
  const refused = start(() => Promise.reject(new Error('away')));
  await publishTitle('Due');
  await expect(refused.ended).rejects.toThrow('away');
  await publishTitle('Tre');
  await run(catalog.db, sql`update relay set holder = null, leased_until = null`);
  const revisions = new Set<number | null>();
  start(async (rows) => rows.forEach(({ revision }) => revisions.add(revision)));
  await until(async () => (await cursor()) === (await lastPosition()));
  expect([...revisions]).toEqual([3, 4]);
});

test('a second relay sends nothing while the first holds the lease, and takes over when it is given back', async () => {
  const first = randomUUID();
  expect((await takeLease(catalog.db, first)).heldForMs).toBeNull();
  const sent: (number | null)[] = [];
  start(async (rows) => void sent.push(...rows.map(({ revision }) => revision)));
  await publishTitle('Quattro');
  await waitOrStop(300, stop.signal);
  expect(sent).toEqual([]);
  await run(catalog.db, sql`update relay set leased_until = clock_timestamp()`);
  await until(() => sent.length > 0);
  expect(sent[0]).toBe(5);
});
