import { createDataSource, inTransaction, isRefusal, run, sql } from '#platform';
import { codeFrom, merkle, type Entry } from '#taxonomy';
import type { Edit } from '#contracts';
import { spoken } from '#words';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { catalogSchema } from '../database/migrations.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishOrSeal } from '../sealing/publish-or-seal.ts';
import { readRevision } from '../reading/revision-view.ts';
import { approver, editor } from '../testing/people.ts';
import { approveDraft, publishDraft } from '../testing/publish-draft.ts';
import { publishSeed, seedFolder } from '../testing/seed.ts';
import { learnRows } from './publish.sql.ts';
import { publish } from './publish.ts';

let catalog: CatalogDatabase;
const scheme = 'processi-camerali';

beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

const draftWith = async (edits: Edit[]): Promise<string> => {
  const draft = await openDraft(catalog.db.manager, scheme, editor);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  const edited = await editDraft(catalog.db, draft.id, edits, editor);
  if (isRefusal(edited)) throw new Error(JSON.stringify(edited.problems));
  return draft.id;
};
const publishNow = (draftId: string) => publishDraft(catalog.db, draftId);
const entriesNow = (): Promise<Entry[]> =>
  run<Entry>(
    catalog.db,
    sql`select ${entryColumns} from entry e where scheme_id = ${scheme} and to_revision is null`,
  );
const headHash = async () =>
  (
    await run<{ hash: string }>(
      catalog.db,
      sql`select encode(content_hash, 'hex') as hash from revision order by number desc limit 1`,
    )
  )[0]?.hash;

test('the seed is revision 1, with the constant content hash of Rev. 2023', async () => {
  expect(await headHash()).toBe('8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53');
  expect(await entriesNow()).toHaveLength(453);
});

test('after many rows Postgres knows how many there are, before it looks by itself', async () => {
  await inTransaction(catalog.db, (transaction) => learnRows(transaction, 20_001));
  const [known] = await run<{ rows: number; all: number }>(
    catalog.db,
    sql`select reltuples::int as rows, (select count(*)::int from entry) as "all" from pg_class where oid = 'entry'::regclass`,
  );
  expect(known?.rows).toBe(known?.all);
});

test('and nobody is waited for who has the rows locked to tidy them up', async () => {
  const vacuuming = new Client({ connectionString: catalog.fresh.url });
  await vacuuming.connect();
  await vacuuming.query('begin; lock table catalog.entry in share update exclusive mode');
  await inTransaction(catalog.db, (transaction) => learnRows(transaction, 20_001));
  await vacuuming.end();
});

test('a second bootstrap does nothing', async () => {
  expect((await publishSeed(catalog.db)).number).toBe(1);
});

test('a renumbering chain, a reuse, a retirement and a creation hash like the whole map computed anew', async () => {
  const draftId = await draftWith([
    { op: 'change', entry: 'A1.1.1.1', titles: { it: { official: 'Relazione previsionale' } } },
    { op: 'change', entry: 'A1.1.3.4', code: codeFrom('A1.1.3.5') },
    { op: 'change', entry: 'A1.1.3.3', code: codeFrom('A1.1.3.4') },
    { op: 'create', code: codeFrom('A1.1.3.3'), titles: { it: { official: 'Nuova attività' } } },
    { op: 'retire', entry: 'A3.1.1.5', successors: ['A3.1.1.7'] },
    { op: 'create', code: codeFrom('A3.1.1.5'), titles: { it: { official: 'Podcast' } } },
  ]);
  const published = await publishNow(draftId);
  expect(isRefusal(published)).toBe(false);
  const entries = await entriesNow();
  expect(entries).toHaveLength(454);
  expect(await headHash()).toBe(merkle(scheme, entries).root);
  const log = await run<{ head: string }>(
    catalog.db,
    sql`select head from change_log where revision = 2 order by position`,
  );
  expect(log.map(({ head }) => JSON.parse(head))).toMatchObject([
    { kinds: ['retitled'], index: 1, count: 6 },
    { kinds: ['created'] },
    { kinds: ['renumbered'] },
    { kinds: ['renumbered'] },
    { kinds: ['created'], codeReusedFrom: expect.any(String) },
    { kinds: ['retired'], successors: [expect.any(String)] },
    { revision: 2, changes: 6, base: { revision: 1 } },
  ]);
  const revision = await readRevision(catalog.db.manager, scheme, 2);
  expect(JSON.parse(log.at(-1)?.head ?? '')).toEqual({ ...revision, auditHead: expect.any(String) });
  expect(await run<object>(catalog.db, sql`select revision, kind, continues from succession`)).toEqual([
    { revision: 2, kind: expect.stringMatching(/replaced|merged/), continues: false },
  ]);
});

test('a first revision is not sealed: whoever asks for it hears which day helps', async () => {
  const id = 'prima';
  await catalog.db.manager.insert(SchemeRow, { id, titles: { it: 'Prima' }, languages: ['it'] });
  const { edition } = await seedFolder();
  const draft = await openDraft(catalog.db.manager, id, editor, { edition });
  if (isRefusal(draft)) throw new Error(draft.title.english);
  const titles = { it: { official: 'Governo' } };
  await editDraft(catalog.db, draft.id, [{ op: 'create', code: null, titles }], editor);
  expect(await approveDraft(catalog.db, draft.id)).toBe(draft.id);
  const now = new Date('2026-11-25T10:00:00Z');
  const asked = { draftId: draft.id, by: approver, effectiveDate: '2027-01-01', now };
  expect(spoken(await publishOrSeal(catalog.db, asked), 'it')).toMatchObject({
    code: 'first-is-not-sealed',
    detail: expect.stringContaining('con un giorno già venuto: {"effectiveDate":"2026-11-25"}'),
  });
});

test('a first revision is published over one connection: under the lock nothing waits for another', async () => {
  await catalog.db.manager.insert(SchemeRow, { id: 'altra', titles: { it: 'Altra' }, languages: ['it'] });
  const { edition } = await seedFolder();
  const draft = await openDraft(catalog.db.manager, 'altra', editor, { edition });
  if (isRefusal(draft)) throw new Error(draft.title.english);
  const titles = { it: { official: 'Governo' } };
  await editDraft(catalog.db, draft.id, [{ op: 'create', code: null, titles }], editor);
  expect(await approveDraft(catalog.db, draft.id)).toBe(draft.id);
  const options = {
    url: catalog.appUrl,
    schema: catalogSchema,
    entities: [EditionRow, DraftRow, RevisionRow],
  };
  const narrow = await createDataSource({ ...options, applicationName: 'narrow', poolSize: 1 }).initialize();
  const asked = { draftId: draft.id, by: approver, effectiveDate: '2026-11-23', today: '2026-11-23' };
  try {
    expect(await publish(narrow, asked)).toMatchObject({ revision: { number: 1, changes: 1 } });
  } finally {
    await narrow.destroy();
  }
});

test('of two drafts on one base the second is refused, and says what to do', async () => {
  const [first, second] = [
    await draftWith([{ op: 'change', entry: 'A1', titles: { it: { official: 'Uno' } } }]),
    await draftWith([{ op: 'change', entry: 'A2', titles: { it: { official: 'Due' } } }]),
  ];
  for (const draftId of [first, second]) await approveDraft(catalog.db, draftId);
  const results = await Promise.all(
    [first, second].map((draftId) =>
      publish(catalog.db, { draftId, by: approver, effectiveDate: '2026-11-23', today: '2026-11-23' }),
    ),
  );
  expect(results.filter(isRefusal)).toMatchObject([{ code: 'draft-outdated', status: 409 }]);
});

test('a draft with an error is refused with all its problems, and nothing changes', async () => {
  const before = await headHash();
  const draftId = await draftWith([
    { op: 'change', entry: 'A1.1.1.2', code: codeFrom('A1.1.1.3') },
    { op: 'retire', entry: 'B1', successors: [] },
  ]);
  const refused = await publishNow(draftId);
  expect(refused).toMatchObject({ code: 'draft-has-errors', status: 422 });
  if (!isRefusal(refused)) return;
  expect(new Set(refused.problems.map(({ rule }) => rule))).toEqual(
    new Set(['code-duplicate', 'parent-retired']),
  );
  expect(await headHash()).toBe(before);
});

test('an edit that leads back to what is in force keeps the published row', async () => {
  const [row] = await entriesNow();
  const draftId = await draftWith([
    { op: 'change', entry: String(row?.conceptId), titles: row?.titles ?? {} },
  ]);
  expect(await publishNow(draftId)).toMatchObject({ code: 'draft-empty' });
});

test('an attribute outside the hash is kept, and neither the hash nor an event knows it', async () => {
  const { edition } = await seedFolder();
  const text = (name: string, inHash: boolean) => ({ name, type: 'string' as const, inHash, synced: inHash });
  const known = ['evidence', 'sourceStatus', 'macroFunction'].map((name) => text(name, true));
  const attributes = [...known, text('desk', false)];
  const before = await headHash();
  const draft = await openDraft(catalog.db.manager, scheme, editor, {
    edition: { ...edition, label: 'Rev. 2023 + sportello', attributes },
  });
  if (isRefusal(draft)) throw new Error(draft.title.english);
  await editDraft(catalog.db, draft.id, [{ op: 'change', entry: 'A1', attributes: { desk: 'Urp' } }], editor);
  expect(await publishNow(draft.id)).toMatchObject({ revision: { changes: 1 } });
  expect(await headHash()).toBe(before);
  expect((await entriesNow()).find(({ code }) => code === 'A1')?.attributes).toEqual({ desk: 'Urp' });
  const [sent] = await run<{ after: string }>(
    catalog.db,
    sql`select after from change_log where kind = 'change' order by position desc limit 1`,
  );
  expect(JSON.parse(sent?.after ?? '')).toMatchObject({ code: 'A1', attributes: {} });
});
