import type { Edit } from '#contracts';
import { isRefusal, orProblem, run, sql } from '#platform';
import { codeFrom, type ConceptId } from '#taxonomy';
import { inWords, say } from '#words';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDraft } from '../drafts/find-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { openedWith } from '../testing/opened-with.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { openInverse } from '../undo/open-inverse.ts';
import { listConflicts } from './list-conflicts.ts';
import { rebaseDraft } from './rebase-draft.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

const scheme = 'processi-camerali';
const retitle = (entry: string, official: string): Edit => ({
  op: 'change',
  entry,
  titles: { it: { official } },
});
const published = async (draftId: string) => {
  const result = await publishDraft(catalog.db, draftId);
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
  return result.revision;
};
const history = async () => orProblem(await new SchemeHistories(catalog.db).get(scheme));
const entryNow = async (code: string) =>
  (
    await run<{ id: ConceptId; title: string }>(
      catalog.db,
      sql`select concept_id as id, titles -> 'it' ->> 'official' as title from entry
        where code = ${code} and to_revision is null`,
    )
  )[0];

test('a draft on an older revision takes what the newer one changed beside it, and is published after review', async () => {
  const draftId = await openedWith(catalog.db, [
    retitle('A1', 'Mio'),
    { op: 'retire', entry: 'A3.1.1.5', successors: [] },
  ]);
  await published(await openedWith(catalog.db, [retitle('A2', 'Loro')]));
  expect(await publishDraft(catalog.db, draftId)).toMatchObject({ code: 'draft-outdated', status: 409 });
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] })).toMatchObject({
    state: 'open',
    baseRevision: 2,
  });
  await published(draftId);
  expect([await entryNow('A1'), await entryNow('A2')]).toMatchObject([{ title: 'Mio' }, { title: 'Loro' }]);
  expect(await entryNow('A3.1.1.5')).toBeUndefined();
});

test('what both changed is listed by concept and field, and decided by mine, theirs or a value', async () => {
  const [a1, b1, c1] = [await entryNow('A1'), await entryNow('B1'), await entryNow('C1')];
  const entries = ['A1', 'B1', 'C1'];
  const draftId = await openedWith(
    catalog.db,
    entries.map((entry) => retitle(entry, 'Il nostro')),
  );
  await published(
    await openedWith(
      catalog.db,
      entries.map((entry) => retitle(entry, 'Di altri')),
    ),
  );
  const refused = await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] });
  expect(refused).toMatchObject({ code: 'draft-conflicts', status: 409 });
  expect(isRefusal(refused) && refused.problems).toHaveLength(3);
  const told = isRefusal(refused) && refused.detail ? inWords(refused.detail, 'en') : '';
  expect(told).toContain('such as {"resolutions":[{"conceptId":"');
  expect(told).not.toContain('POST');
  const decide = (
    concept: { id: ConceptId } | undefined,
    take: 'mine' | 'theirs' | 'value',
    value?: unknown,
  ) => {
    if (!concept) throw new Error('no such entry');
    return { conceptId: concept.id, field: 'titles.it', take, value };
  };
  const unfit = [decide(a1, 'value', 7), decide(b1, 'theirs'), decide(c1, 'mine')];
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: unfit })).toMatchObject({
    code: 'resolutions-refused',
  });
  const unmet = [{ ...decide(a1, 'mine'), field: 'title' }];
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: unmet })).toMatchObject({
    code: 'resolutions-refused',
    problems: [
      { path: `${a1?.id}/title`, message: { values: ['title', expect.stringContaining('titles.it')] } },
    ],
  });
  const resolutions = [decide(a1, 'value', { official: 'Terzo' }), decide(b1, 'theirs'), decide(c1, 'mine')];
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions })).toMatchObject({
    state: 'open',
  });
  await published(draftId);
  expect([await entryNow('A1'), await entryNow('B1'), await entryNow('C1')]).toMatchObject([
    { title: 'Terzo' },
    { title: 'Di altri' },
    { title: 'Il nostro' },
  ]);
});

test('a note that is decided by a value of several lines has one sign between them', async () => {
  const a1 = (await entryNow('A1'))?.id ?? ('' as ConceptId);
  const noted = (includes: string): Edit => ({ op: 'change', entry: 'A1', notes: { it: { includes } } });
  const draftId = await openedWith(catalog.db, [noted('Il nostro')]);
  await published(await openedWith(catalog.db, [noted('Di altri')]));
  const value = { includes: 'Una riga\r\ne un’altra' };
  const resolutions = [{ conceptId: a1, field: 'notes.it', take: 'value' as const, value }];
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions })).toMatchObject({
    state: 'open',
  });
  expect(await run(catalog.db, sql`select notes from draft_entry where draft_id = ${draftId}`)).toEqual([
    { notes: { it: { includes: 'Una riga\ne un’altra' } } },
  ]);
});

test('an entry that both retired, for other successors, is a conflict, and never a split that nobody decided', async () => {
  const ended = (await entryNow('B1.1.1.1'))?.id ?? ('' as ConceptId);
  const theirs = (await entryNow('C1'))?.id;
  const retire = (successor: string): Edit => ({ op: 'retire', entry: 'B1.1.1.1', successors: [successor] });
  const draftId = await openedWith(catalog.db, [retire('B2'), retitle('D1', 'Accanto')]);
  const same = await openedWith(catalog.db, [retire('C1'), retitle('D1', 'Accanto')]);
  await published(await openedWith(catalog.db, [retire('C1')]));
  const conflict = { conceptId: ended, field: 'successors' };
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] })).toMatchObject({
    code: 'draft-conflicts',
    problems: [
      {
        path: `${ended}/successors`,
        message: { values: ['B1.1.1.1', say`who takes its place`, 'B2', 'C1'] },
      },
    ],
  });
  const resolved = (take: 'mine' | 'theirs') =>
    rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [{ ...conflict, take }] });
  expect(await resolved('mine')).toMatchObject({ code: 'resolutions-refused' });
  expect(await resolved('theirs')).toMatchObject({ state: 'open' });
  await published(draftId);
  expect(await rebaseDraft(catalog.db, { draftId: same, by: editor, resolutions: [] })).toMatchObject({
    state: 'open',
  });
  expect(await run(catalog.db, sql`select successor from succession where predecessor = ${ended}`)).toEqual([
    { successor: theirs },
  ]);
});

test('what one side retired and the other changed is told in words, with what it says now', async () => {
  const [kept, ended] = ['A2.1.1.1', 'A2.1.1.2'];
  const retire = (entry: string): Edit => ({ op: 'retire', entry, successors: [] });
  const draftId = await openedWith(catalog.db, [retire(kept), retitle(ended, 'Il nostro')]);
  await published(await openedWith(catalog.db, [retitle(kept, 'Di altri'), retire(ended)]));
  const refused = await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] });
  if (!isRefusal(refused)) throw new Error('not refused');
  expect(refused.problems?.map(({ message }) => inWords(message, 'it')).sort()).toEqual([
    `${kept}: la bozza la fa cessare, la mappa l’ha cambiata: il titolo (it) ora è "Di altri".`,
    `${ended}: la bozza la cambia: il titolo (it) ora è "Il nostro"; nella mappa è cessata.`,
  ]);
});

test('conflicts are stored through the door of every change: as it was seen, and audited', async () => {
  const draftId = await openedWith(catalog.db, [retitle('B2', 'Il nostro')]);
  await published(await openedWith(catalog.db, [retitle('B2', 'Di altri')]));
  const asked = { draftId, by: editor, resolutions: [] };
  expect(await rebaseDraft(catalog.db, { ...asked, ifMatch: '"1"' })).toMatchObject({
    code: 'changed-meanwhile',
  });
  expect(await rebaseDraft(catalog.db, { ...asked, ifMatch: '"2"' })).toMatchObject({
    code: 'draft-conflicts',
  });
  expect(
    await run(
      catalog.db,
      sql`select action, actor from audit where subject = ${`draft/${draftId}`} order by position desc limit 1`,
    ),
  ).toEqual([{ action: 'conflicts-found', actor: editor }]);
});

test('conflicts are listed before anybody asks for a rebase, as it would find them, and nothing is written', async () => {
  const [code, title, ended] = ['A1.2.1.1', 'A1.2.1.2', 'A1.2.1.3'];
  const retire = (successor: string): Edit => ({ op: 'retire', entry: ended, successors: [successor] });
  const draftId = await openedWith(catalog.db, [retitle(title, 'Il nostro'), retire(code)]);
  const listed = async () =>
    listConflicts(catalog.db.manager, orProblem(await findDraft(catalog.db.manager, draftId)));
  expect(await listed()).toEqual([]);
  await published(await openedWith(catalog.db, [retitle(title, 'Di altri'), retire(title)]));
  const found = await listed();
  expect(found.map(({ field }) => field).sort()).toEqual(['successors', 'titles.it']);
  expect(found).toContainEqual({
    conceptId: (await entryNow(title))?.id,
    field: 'titles.it',
    before: expect.anything(),
    mine: { official: 'Il nostro' },
    theirs: { official: 'Di altri' },
  });
  const stored = sql`select concept_id from draft_conflict where draft_id = ${draftId}`;
  expect(await run(catalog.db, stored)).toEqual([]);
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions: [] })).toMatchObject({
    code: 'draft-conflicts',
  });
  expect(await run(catalog.db, stored)).toHaveLength(2);
  expect(await listed()).toEqual(found);
  const resolutions = found.map(({ conceptId, field }) => ({ conceptId, field, take: 'theirs' as const }));
  expect(await rebaseDraft(catalog.db, { draftId, by: editor, resolutions })).toMatchObject({
    state: 'open',
  });
  expect(await listed()).toEqual([]);
});

test('a rollback goes through the same door, and has the content hash of the revision that it leads back to', async () => {
  const before = await published(await openedWith(catalog.db, [retitle('D1', 'Prima')]));
  await published(
    await openedWith(catalog.db, [
      { op: 'change', entry: 'A1.1.3.4', code: codeFrom('A1.1.3.5') },
      { op: 'change', entry: 'A1.1.3.3', code: codeFrom('A1.1.3.4') },
      { op: 'create', code: codeFrom('A1.1.3.3'), titles: { it: { official: 'Nuova attività' } } },
      { op: 'retire', entry: 'A1.1.1.4', successors: ['A1.1.1.3'] },
    ]),
  );
  await published(await openedWith(catalog.db, [retitle('D1', 'Dopo')]));
  const undoing = { history: await history(), undo: 'back-to', revision: before.number, by: editor } as const;
  const draft = await openInverse(catalog.db, undoing);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  expect(draft).toMatchObject({ rollbackTo: before.number, state: 'open' });
  const after = await published(draft.id);
  expect(after.contentHash).toEqual(before.contentHash);
  expect(after.number).toBe(before.number + 3);
});

test('one revision of long ago is undone alone: its inverse is rebased onto what is in force', async () => {
  await published(await openedWith(catalog.db, [retitle('A1', 'Titolo giusto')]));
  const wrong = await published(await openedWith(catalog.db, [retitle('A1', 'Titolo sbagliato')]));
  await published(await openedWith(catalog.db, [retitle('A2', 'Un altro titolo')]));
  const undoing = { history: await history(), undo: 'only', revision: wrong.number, by: editor } as const;
  const draft = await openInverse(catalog.db, undoing);
  if (isRefusal(draft)) throw new Error(draft.title.english);
  expect(draft).toMatchObject({ erratum: true, baseRevision: wrong.number });
  expect(await publishDraft(catalog.db, draft.id)).toMatchObject({ code: 'draft-outdated' });
  await rebaseDraft(catalog.db, { draftId: draft.id, by: editor, resolutions: [] });
  await published(draft.id);
  expect([await entryNow('A1'), await entryNow('A2')]).toMatchObject([
    { title: 'Titolo giusto' },
    { title: 'Un altro titolo' },
  ]);
});

test('the first revision is not undone', async () => {
  expect(
    await openInverse(catalog.db, { history: await history(), undo: 'only', revision: 1, by: editor }),
  ).toMatchObject({ code: 'nothing-to-undo' });
});
