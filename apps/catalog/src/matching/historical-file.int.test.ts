import { isRefusal, orProblem, run, sql } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { addHistory } from '../history/add-history.ts';
import { decideHistory } from '../history/decide-history.ts';
import { rebaseDraft } from '../rebase/rebase-draft.ts';
import { submit } from '../review/submit.ts';
import { publishOrSeal } from '../sealing/publish-or-seal.ts';
import { catalogApp, importFile, type CatalogApp } from '../testing/catalog-app.ts';
import { openedWith } from '../testing/opened-with.ts';
import { editor } from '../testing/people.ts';
import { approveDraft, publishDraft } from '../testing/publish-draft.ts';
import { publishSeed, seedFolder } from '../testing/seed.ts';
import { administrator } from '../testing/synthetic-2019.ts';

const scheme = 'processi-camerali';
let app: CatalogApp;
beforeAll(async () => {
  app = await catalogApp();
  await publishSeed(app.catalog.db);
});
afterAll(() => app.close());

const answerSchema = z.object({
  id: z.string(),
  state: z.string(),
  draft: z.string().nullable(),
  baseRevision: z.number().nullable(),
  findings: z.array(z.object({ rule: z.string(), severity: z.string() })),
});
async function imported(effectiveDate: string, label: string, file: string) {
  const { edition } = await seedFolder();
  const asked = { edition: { ...edition, label, effectiveDate }, format: 'csv' };
  return answerSchema.parse(await importFile(app, scheme, asked, file));
}
async function applied({ id }: { id: string }) {
  await app.call('POST', `/imports/${id}/decisions/bulk`, { accept: 'retirements', minScore: 1 });
  return answerSchema.parse((await app.call('POST', `/imports/${id}/application`)).body);
}
async function place(draftId: string, effectiveDate: string) {
  const { db } = app.catalog;
  const placement = { effectiveDate, links: [], nobody: [] };
  orProblem(await decideHistory(db, { draftId, by: editor, ifMatch: '*' }, placement));
  orProblem(await approveDraft(db, draftId));
  orProblem(await addHistory(db, { schemeId: scheme, draftId, by: await administrator(db) }));
}
const titlesAt = (revision: number, ...codes: string[]) =>
  run<{ code: string; title: string }>(
    app.catalog.db,
    sql`select code, titles -> 'it' ->> 'official' as title from entry e
      where scheme_id = ${scheme} and e.live @> ${revision}::int and code = any(${codes}) order by code`,
  );

const codes = ['A1', 'A1.1', 'A1.1.1', 'A1.1.1.1'];
async function fileOf(entries: { code: string; title: string }[]) {
  const [heading] = await run<{ title: string }>(
    app.catalog.db,
    sql`select h.titles -> 'it' ->> 'official' as title from entry e join entry h on h.concept_id = e.parent_id where e.code = 'A1'`,
  );
  const rows = entries.map(({ code, title }) => `${code};"${title}";${code === 'A1' ? heading?.title : ''}`);
  return ['codice;titolo;padre', `;${heading?.title};`, ...rows].join('\n');
}

test('an edition from before the lowest revision is compared with that one, whatever was changed since', async () => {
  const first = await titlesAt(1, ...codes);
  const edits = await openedWith(app.catalog.db, [
    { op: 'change', entry: 'A1.1.1.1', titles: { it: { official: 'Titolo del 2026' } } },
  ]);
  const published = await publishDraft(app.catalog.db, edits);
  if (isRefusal(published)) throw new Error(JSON.stringify(published));

  const file = await fileOf(first);
  const today = await imported('2027-01-01', 'Rev. 2027', file);
  expect(today).toMatchObject({ baseRevision: 2 });
  const read = await imported('2019-01-01', 'Rev. 2019', file);
  expect(read).toMatchObject({ state: 'matching', baseRevision: 1 });
  expect(read.findings).toContainEqual({ rule: 'edition-historical', severity: 'note' });
  const row = (await app.call('GET', `/imports/${read.id}/rows/A1.1.1.1`)).body;
  expect(row).toMatchObject({ how: 'automatic', labels: [] });

  const draftId = (await applied(read)).draft ?? '';
  await place(draftId, '2019-01-01');
  expect(await titlesAt(0, ...codes)).toEqual(first);
  expect(await titlesAt(2, 'A1.1.1.1')).toMatchObject([{ title: 'Titolo del 2026' }]);
});

test('its draft is neither rebased, submitted nor published before its place is said, and is told to say it', async () => {
  const file = await fileOf(await titlesAt(0, ...codes.slice(0, 3)));
  const { draft, baseRevision } = await applied(await imported('2018-01-01', 'Rev. 2018', file));
  expect(baseRevision).toBe(0);
  const draftId = draft ?? '';
  const undecided = {
    code: 'history-undecided',
    status: 409,
    detail: { values: ['2018-01-01', 0, draftId] },
  };
  const { db } = app.catalog;
  const seen = await db.manager.findOneByOrFail(DraftRow, { id: draftId });
  expect(await submit(db, draftId, editor)).toMatchObject(undecided);
  expect(await rebaseDraft(db, { draftId, by: editor, resolutions: [] })).toMatchObject(undecided);
  expect(await app.call('GET', `/drafts/${draftId}/conflicts`)).toMatchObject({ body: { items: [] } });
  expect(await publishOrSeal(db, { draftId, by: editor, now: new Date() })).toMatchObject(undecided);
  expect(await db.manager.findOneByOrFail(DraftRow, { id: draftId })).toEqual(seen);
  const placement = { effectiveDate: '2018-01-01', links: [], nobody: [] };
  orProblem(await decideHistory(db, { draftId, by: editor, ifMatch: '*' }, placement));
  expect(await submit(db, draftId, editor)).toMatchObject({ state: 'submitted' });
});

test('an edition between known revisions is told that it has no place there', async () => {
  const read = await imported('2021-01-01', 'Rev. 2021', await fileOf(await titlesAt(2, ...codes)));
  expect(read).toMatchObject({ baseRevision: 2 });
  expect(read.findings).toContainEqual({ rule: 'edition-between', severity: 'warning' });
});

test('a historical edition stays one when an earlier one is placed before it: it is refused, in its import and in its draft', async () => {
  const file = await fileOf(await titlesAt(0, ...codes.slice(0, 3)));
  const [late, drafted] = [
    await imported('2017-01-01', 'Rev. 2017', file),
    await applied(await imported('2016-01-01', 'Rev. 2016', file)),
  ];
  const earlier = await applied(await imported('2015-01-01', 'Rev. 2015', file));
  await place(earlier.draft ?? '', '2015-01-01');
  await app.call('POST', `/imports/${late.id}/decisions/bulk`, { accept: 'retirements', minScore: 1 });
  expect(await app.call('POST', `/imports/${late.id}/application`)).toMatchObject({
    status: 409,
    body: { type: '/problems/history-without-place' },
  });
  expect((await app.call('GET', `/imports/${late.id}`)).body).toMatchObject({
    state: 'matching',
    draft: null,
  });
  const asked = { draftId: drafted.draft ?? '', by: editor };
  const withoutPlace = {
    code: 'history-without-place',
    detail: { values: ['2016-01-01', -1, '2015-01-01'] },
  };
  expect(await submit(app.catalog.db, asked.draftId, editor)).toMatchObject(withoutPlace);
  expect(await rebaseDraft(app.catalog.db, { ...asked, resolutions: [] })).toMatchObject(withoutPlace);
});
