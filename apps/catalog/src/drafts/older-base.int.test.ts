import type { Edit } from '#contracts';
import { inTransaction, isRefusal, orProblem, run, sql, type Executor } from '#platform';
import { codeFrom } from '#taxonomy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogDataSource } from '../database/data-source.ts';
import { rebaseDraft } from '../rebase/rebase-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { openedWith } from '../testing/opened-with.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import { editDraft } from './edit-draft.ts';
import { findDraft } from './find-draft.ts';
import { findDrafted } from './find-drafted.ts';
import { loadSurroundings } from './load-surroundings.ts';
import { reviewDraft } from './review-draft.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

const retitle = (entry: string, official: string): Edit => ({
  op: 'change',
  entry,
  titles: { it: { official } },
});
const renumber = (entry: string, code: string): Edit => ({ op: 'change', entry, code: codeFrom(code) });
const publishWith = async (...edits: Edit[]) => {
  const result = await publishDraft(catalog.db, await openedWith(catalog.db, edits));
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
};
const edit = (draftId: string, ...edits: Edit[]) => editDraft(catalog.db, draftId, edits, editor);
const titleNow = async (code: string) =>
  (
    await run<{ title: string }>(
      catalog.db,
      sql`select titles -> 'it' ->> 'official' as title from entry where code = ${code} and to_revision is null`,
    )
  )[0]?.title;

test('who changes only a code in a draft on an older revision brings back no title of a newer one', async () => {
  const right = await titleNow('A1.1.1.7');
  expect(right).toBeUndefined();
  const title = (await titleNow('A1.1.1.6')) ?? '';
  const draftId = await openedWith(catalog.db, [retitle('A2', 'Il nostro')]);
  await publishWith(retitle('A1.1.1.6', 'Titolo sbagliato'));
  orProblem(await edit(draftId, renumber('A1.1.1.6', 'A1.1.1.7')));
  const draft = orProblem(await findDraft(catalog.db.manager, draftId));
  expect(await findDrafted(catalog.db, draft, 'A1.1.1.7')).toMatchObject({
    titles: { it: { official: title } },
  });
  await publishWith(retitle('A1.1.1.6', title));
  orProblem(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] }));
  expect(await publishDraft(catalog.db, draftId)).toHaveProperty('revision');
  expect(await titleNow('A1.1.1.7')).toBe(title);
});

test('a code changed on an older revision is no conflict with a title changed since, which stays', async () => {
  const draftId = await openedWith(catalog.db, [retitle('A2', 'Di nuovo il nostro')]);
  await publishWith(retitle('B1.1.1.1', 'Titolo di dopo'));
  orProblem(await edit(draftId, renumber('B1.1.1.1', 'B1.1.1.99')));
  await publishWith(retitle('B1.1.1.1', 'Titolo di dopo ancora'));
  orProblem(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] }));
  const draft = orProblem(await findDraft(catalog.db.manager, draftId));
  expect(await findDrafted(catalog.db, draft, 'B1.1.1.99')).toMatchObject({
    titles: { it: { official: 'Titolo di dopo ancora' } },
  });
});

test('a draft has no entry that was born after the revision on which it stands', async () => {
  const draftId = await openedWith(catalog.db, [retitle('A2', 'Mio')]);
  await publishWith({ op: 'create', code: codeFrom('C1.1.1.99'), titles: { it: { official: 'Nato dopo' } } });
  expect(await edit(draftId, retitle('C1.1.1.99', 'Mio'))).toMatchObject({
    code: 'edits-refused',
    problems: [{ rule: 'entry-unknown' }],
  });
  const created: Edit = { op: 'create', code: codeFrom('C1.1.1.99'), titles: { it: { official: 'Mio' } } };
  orProblem(await edit(draftId, created));
});

test('a review compares a draft with the revision on which it stands', async () => {
  const draftId = await openedWith(catalog.db, [retitle('D1', 'Mio')]);
  const reviewed = async () =>
    reviewDraft(catalog.db, orProblem(await findDraft(catalog.db.manager, draftId)));
  const { changes, contentHash } = await reviewed();
  await publishWith(retitle('D1', 'Mio'), retitle('D2', 'Altro'));
  expect(await reviewed()).toMatchObject({ changes, contentHash });
  expect(changes).toHaveLength(1);
});

test('what is around a draft is found by index, however much of it was changed since', async () => {
  const codes = (
    await run<{ code: string }>(
      catalog.db,
      sql`select code from entry where code is not null and to_revision is null`,
    )
  ).map(({ code }) => code);
  const draftId = await openedWith(
    catalog.db,
    codes.map((code) => retitle(code, `Nostro ${code}`)),
  );
  await publishWith(...codes.map((code) => retitle(code, `Loro ${code}`)));
  const draft = orProblem(await findDraft(catalog.db.manager, draftId));
  const owner = await catalogDataSource(catalog.fresh.url).initialize();
  await owner.query('analyze');
  await owner.destroy();
  const read = await inTransaction(catalog.db, async (transaction) => {
    const before = await entriesRead(transaction);
    await loadSurroundings(transaction, draft);
    return (await entriesRead(transaction)) - before;
  });
  expect(read).toBeGreaterThan(codes.length);
  expect(read).toBeLessThan(20 * codes.length);
});

/** How often this connection has read a row of the table of entries. */
async function entriesRead(transaction: Executor): Promise<number> {
  const [entry] = await run<{ read: number }>(
    transaction,
    sql`select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relid = 'entry'::regclass`,
  );
  return entry?.read ?? 0;
}
