import { inTransaction, isRefusal, run, sql, type Refusal } from '#platform';
import type { MatchDecision } from '#contracts';
import { conceptIdFrom, type Entry } from '#taxonomy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonId } from '../audit/person.ts';
import { entryColumns } from '../database/entry-row.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { undoEdit } from '../drafts/undo-edit.ts';
import { createImport } from '../imports/files/create-import.ts';
import { approve } from '../review/approve.ts';
import { submit } from '../review/submit.ts';
import { catalogApp, whenRead, type CatalogApp } from '../testing/catalog-app.ts';
import { approver, editor, secondApprover } from '../testing/people.ts';
import { openedWith } from '../testing/opened-with.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed, seedFolder } from '../testing/seed.ts';
import { decide } from './decide.ts';
import { RecentMatchings } from './recent-matchings.ts';
import { csvOfRows, rowsOf, type Row } from './testing/rev-2026.ts';

let app: CatalogApp;
let rows: Row[];
let changed: MatchDecision;
const scheme = 'processi-camerali';

beforeAll(async () => {
  app = await catalogApp({ IMPORT_LIMIT: '500000' });
  await publishSeed(app.catalog.db);
  const entries = await run<Entry>(
    app.catalog.db,
    sql`select ${entryColumns} from entry e where to_revision is null order by e.code nulls first, e.rank`,
  );
  rows = rowsOf(entries);
  changed = {
    row: 'A1.1.1.1',
    same: entries.find(({ code }) => code === 'A1.1.1.1')?.conceptId ?? conceptIdFrom(''),
  };
});
afterAll(() => app.close());

/** An import whose file gives one entry another title, created by one person and sent by another. */
async function imported(title: string, label: string, replaces?: string): Promise<string> {
  const { edition } = await seedFolder();
  const asked = {
    edition: { ...edition, label },
    format: 'csv',
    options: {},
    ...(replaces ? { replaces } : {}),
  };
  const created = value(
    await inTransaction(app.catalog.db, (transaction) => createImport(transaction, scheme, asked, approver)),
  );
  const file = csvOfRows(rows.map((row) => (row.code === 'A1.1.1.1' ? { ...row, title } : row)));
  expect((await app.put(`/imports/${created.id}/file`, file)).status).toBe(202);
  await whenRead(app, created.id);
  return created.id;
}
const decideBy = (importId: string, by: PersonId, decision = changed) =>
  decide(app.catalog.db, new RecentMatchings(app.catalog.db), importId, () => [decision], {
    by,
    at: new Date(),
    why: '',
    act: null,
  });
const apply = (importId: string) => app.call('POST', `/imports/${importId}/application`);
const draftOf = async (importId: string): Promise<string> => {
  const [found] = await run<{ id: string }>(
    app.catalog.db,
    sql`select draft_id as id from import where id = ${importId}`,
  );
  return found?.id ?? '';
};
function value<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(result.title.english);
  return result;
}

test('who created an import, sent its file, or decided any match of it cannot approve its draft', async () => {
  const id = await imported('Relazione quadriennale', 'Rev. 2030');
  value(await decideBy(id, secondApprover));
  value(await decideBy(id, secondApprover, { row: 'A1.1.1.1', undo: true }));
  value(await decideBy(id, editor));
  expect((await apply(id)).status).toBe(200);
  const draftId = await draftOf(id);
  const [sender] = await run<{ id: PersonId }>(
    app.catalog.db,
    sql`select sent_by as id from import where id = ${id}`,
  );
  value(await submit(app.catalog.db, draftId, editor));
  for (const by of [approver, secondApprover, editor, sender?.id ?? editor])
    expect(await approve(app.catalog.db, { draftId, by })).toMatchObject({ code: 'four-eyes' });
});

test('an import that is replaced is closed: its decisions are taken over, and no more are taken there', async () => {
  const first = await imported('Relazione biennale', 'Rev. 2031');
  value(await decideBy(first, editor));
  const second = await imported('Relazione biennale', 'Rev. 2031', first);
  expect(await decideBy(first, secondApprover)).toMatchObject({ code: 'import-not-matching', status: 409 });
  expect((await app.call('GET', `/imports/${second}`)).body).toMatchObject({ state: 'applied' });
});

test('a draft with edits by hand, or in review, is not emptied by an import that replaces its own', async () => {
  const first = await imported('Relazione triennale', 'Rev. 2032');
  value(await decideBy(first, editor));
  await apply(first);
  const draftId = await draftOf(first);
  const second = await imported('Relazione decennale', 'Rev. 2032', first);
  value(await decideBy(second, editor));
  const retitled = { op: 'change', entry: 'A1', titles: { it: { official: 'A mano' } } } as const;
  value(await editDraft(app.catalog.db, draftId, [retitled], editor));
  expect(await apply(second)).toMatchObject({
    status: 409,
    body: { type: '/problems/earlier-draft-edited' },
  });
  value(await undoEdit(app.catalog.db, { draftId, by: editor, ifMatch: '*' }));
  value(await submit(app.catalog.db, draftId, editor));
  expect(await apply(second)).toMatchObject({
    status: 409,
    body: { type: '/problems/earlier-draft-in-review' },
  });
  value(await editDraft(app.catalog.db, draftId, [retitled], editor));
  value(await undoEdit(app.catalog.db, { draftId, by: editor, ifMatch: '*' }));
  expect(await apply(second)).toMatchObject({ status: 200, body: { draft: draftId } });
});

test('a revision that comes into force while rows are decided is kept, and what the file changes is brought onto it', async () => {
  const id = await imported('Relazione mensile', 'Rev. 2033');
  value(await decideBy(id, editor));
  const retitled = { op: 'change', entry: 'A2', titles: { it: { official: 'Intanto' } } } as const;
  value(await publishDraft(app.catalog.db, await openedWith(app.catalog.db, [retitled])));
  expect((await apply(id)).status).toBe(200);
  const changed = await run<{ code: string; base: number }>(
    app.catalog.db,
    sql`
    select e.code, d.base_revision as base from draft_entry e join draft d on d.id = e.draft_id
    where d.id = ${await draftOf(id)}`,
  );
  expect(changed).toEqual([{ code: 'A1.1.1.1', base: 2 }]);
});

test('more people than connections may decide about one import at once', async () => {
  const created = await imported('Titolo di molti', 'Rev. 2026 di molti');
  const decided = await Promise.all(Array.from({ length: 30 }, () => decideBy(created, editor)));
  expect(decided.filter(isRefusal)).toEqual([]);
  expect(decided.map((record) => (isRefusal(record) ? 0 : record.version)).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 30 }, (_, i) => i + 2),
  );
});
