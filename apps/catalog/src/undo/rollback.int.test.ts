import type { Edit } from '#contracts';
import { isRefusal, orProblem, run, sql } from '#platform';
import { codeFrom, conceptIdFrom, resolve } from '#taxonomy';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { concordance } from '../documents/concordance.ts';
import { findPair } from '../documents/find-pair.ts';
import { loadComparison, type Comparison } from '../documents/load-comparison.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { reviewDraft } from '../drafts/review-draft.ts';
import { notesHtml } from '../documents/notes-html.ts';
import { notesMarkdown } from '../documents/notes-markdown.ts';
import { releaseNotes } from '../documents/release-notes.ts';
import { compare } from '../history/compare.ts';
import { rebaseDraft } from '../rebase/rebase-draft.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { firstMap } from '../testing/sealing-commands.ts';
import { openInverse } from './open-inverse.ts';

let catalog: CatalogDatabase;
let map: DatabaseCatalog;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
beforeEach(async () => {
  map = await DatabaseCatalog.of(catalog.db, firstMap);
});
afterAll(() => catalog.close());

const history = async () => orProblem(await new SchemeHistories(catalog.db).get(map.schemeId));
const publish = async (...edits: Edit[]) => map.publishOn(await map.approved(edits), 1);
const rollBackTo = async (revision: number, ...edits: Edit[]) => {
  const draft = await openInverse(catalog.db, {
    history: await history(),
    undo: 'back-to',
    revision,
    by: editor,
  });
  if (isRefusal(draft)) throw new Error(JSON.stringify(draft));
  if (edits.length > 0) orProblem(await editDraft(catalog.db, draft.id, edits, editor));
  const published = await publishDraft(catalog.db, draft.id, '2027-04-01');
  if (isRefusal(published)) throw new Error(JSON.stringify(published));
};
const comparison = async (from: number, to: number): Promise<Comparison> => {
  const pair = orProblem(await findPair(catalog.db.manager, map.schemeId, `${from}`, `${to}`));
  return loadComparison(catalog.db, await history(), pair.from, pair.to);
};
const outcomes = async (from: number, to: number) =>
  concordance(await comparison(from, to)).map(({ old, outcome, next }) =>
    [old.code, outcome, next?.code ?? '-'].join(' '),
  );
const ask = async (code: string, from: number, to: number) => {
  const { status, results, choiceNeeded } = resolve((await history()).index, codeFrom(code), from, to);
  return { status, codes: results.map((result) => result.code), choiceNeeded };
};
const create = (code: string, predecessors: string[]): Edit => ({
  op: 'create',
  conceptId: conceptIdFrom(randomUUID()),
  code: codeFrom(code),
  titles: { it: { official: `Titolo ${code}` } },
  predecessors,
});

describe('a rollback', () => {
  test('of a merge leaves no succession behind for whoever looks from before it', async () => {
    await publish({ op: 'retire', entry: 'A3', successors: ['A2'] });
    await rollBackTo(1);
    for (const code of ['A1', 'A2', 'A3'])
      expect(await ask(code, 1, 3)).toEqual({ status: 'unchanged', codes: [code], choiceNeeded: false });
    expect(await ask('A2', 2, 3)).toMatchObject({ status: 'split', codes: ['A2', 'A3'] });
    expect(await outcomes(1, 3)).toEqual(['A1 unchanged A1', 'A2 unchanged A2', 'A3 unchanged A3']);
    expect(await compare(catalog.db, await history(), 1, 3)).toEqual([]);
    const notes = notesMarkdown(releaseNotes(await comparison(1, 3), 'en'));
    expect(notes).toContain('No difference.');
    expect(notes).not.toContain('replaced, split or merged');
    for (const [language, said] of [
      ['en', 'revision 3 leads back to revision 1'],
      ['it', 'la revisione 3 riporta alla revisione 1'],
    ] as const) {
      const back = releaseNotes(await comparison(2, 3), language);
      expect(notesMarkdown(back)).toContain(said);
      expect(notesHtml(back)).toContain(said);
    }
    expect(notesMarkdown(releaseNotes(await comparison(1, 2), 'en'))).not.toContain('leads back');
  });

  test('of several revisions gives back to a concept what went on through one that is gone', async () => {
    await publish({ op: 'retire', entry: 'A3' }, create('A4', ['A3']));
    await publish({ op: 'retire', entry: 'A4' }, create('A5', ['A4']));
    await rollBackTo(1);
    expect(await ask('A5', 3, 4)).toMatchObject({ status: 'replaced', codes: ['A3'] });
    expect(await ask('A3', 1, 4)).toMatchObject({ status: 'unchanged', codes: ['A3'] });
  });
});

test('what a person decides in a rollback, beside undoing, is followed: by resolve and in the table', async () => {
  const titles = { it: { official: 'Altro titolo' }, en: { official: 'a3' } };
  await publish(
    { op: 'change', entry: 'A3', titles },
    { op: 'change', entry: 'A2', titles, predecessors: ['A1'] },
  );
  await rollBackTo(1, { op: 'change', entry: 'A3', predecessors: ['A1'] });
  for (const from of [1, 2])
    expect(await ask('A1', from, 3)).toEqual({ status: 'split', codes: ['A1', 'A3'], choiceNeeded: true });
  expect(await ask('A2', 1, 3)).toMatchObject({ status: 'unchanged', codes: ['A2'] });
  expect(await outcomes(1, 3)).toEqual([
    'A1 regrouped A1',
    'A1 regrouped A3',
    'A2 unchanged A2',
    'A3 regrouped A3',
  ]);
});

const retitle = (official: string, predecessors?: string[]): Edit => ({
  op: 'change',
  entry: 'A2',
  titles: { it: { official }, en: { official: 'a2' } },
  ...(predecessors ? { predecessors } : {}),
});

test('a part that was given stays given when a title is put back, and only a rollback takes it back', async () => {
  await publish(retitle('Secondo', ['A1']));
  await publish(retitle('a2'));
  for (const to of [2, 3])
    expect(await ask('A1', 1, to)).toEqual({ status: 'split', codes: ['A1', 'A2'], choiceNeeded: true });
  // Nothing that either says differs, and still the change set tells of it, as the table does.
  expect(
    (await comparison(1, 3)).changes.map(({ after, kinds, predecessors, continues }) => [
      after?.code,
      kinds,
      predecessors.length,
      continues,
    ]),
  ).toEqual([
    ['A1', ['redefined'], 0, true],
    ['A2', ['redefined'], 1, false],
  ]);
  expect(notesMarkdown(releaseNotes(await comparison(1, 3), 'en'))).toContain(
    'Regrouped: **A1** “a1” + **A2** “a2”',
  );
  expect(await compare(catalog.db, await history(), 1, 3)).toEqual((await comparison(1, 3)).changes);
  expect((await outcomes(1, 3)).slice(0, 2)).toEqual(['A1 regrouped A1', 'A1 regrouped A2']);
  await publish({ op: 'retire', entry: 'A3', successors: [] });
  await rollBackTo(1);
  expect(await ask('A1', 1, 5)).toEqual({ status: 'unchanged', codes: ['A1'], choiceNeeded: false });
  // And whoever coded A2 in between is told that a part went back.
  for (const from of [2, 3, 4])
    expect(await ask('A2', from, 5)).toEqual({ status: 'split', codes: ['A1', 'A2'], choiceNeeded: true });
  expect(await ask('A1', 5, 4)).toEqual({ status: 'merged', codes: ['A1', 'A2'], choiceNeeded: true });
});

describe('where a title was put back by hand since, and the map says again what it said before', () => {
  beforeEach(async () => {
    await publish(retitle('Secondo', ['A1']));
    await publish(retitle('a2'));
  });
  const open = async (undo: 'back-to' | 'only', revision: number) =>
    orProblem(await openInverse(catalog.db, { history: await history(), undo, revision, by: editor }));
  const giveBack = [
    { after: { code: 'A1' }, kinds: ['redefined'], predecessors: [expect.anything()], continues: false },
    { after: { code: 'A2' }, kinds: ['redefined'], successors: [expect.anything()], continues: true },
  ];

  test('a rollback changes nothing but that the part goes back, and is published with it', async () => {
    const draft = await open('back-to', 1);
    expect(await reviewDraft(catalog.db, draft)).toMatchObject({ changes: giveBack, findings: [] });
    const { revision } = orProblem(await publishDraft(catalog.db, draft.id, '2027-04-01'));
    expect(revision).toMatchObject({ number: 4, changes: 2 });
    expect(await ask('A1', 1, 4)).toMatchObject({ status: 'unchanged' });
    expect(await ask('A2', 3, 4)).toMatchObject({ status: 'split', codes: ['A1', 'A2'] });
    expect((await comparison(3, 4)).changes).toMatchObject(giveBack);
    const rows = await run(
      catalog.db,
      sql`select from entry where scheme_id = ${map.schemeId} and from_revision = 4`,
    );
    expect(rows).toEqual([]);
  });

  test('an erratum gives it back too, once it is brought onto the map in force', async () => {
    const { id } = await open('only', 2);
    const draft = orProblem(await rebaseDraft(catalog.db, { draftId: id, by: editor, resolutions: [] }));
    expect(await reviewDraft(catalog.db, draft)).toMatchObject({ changes: giveBack, findings: [] });
  });

  test('nobody can hand on in it what no revision handed on', async () => {
    const draft = await open('back-to', 1);
    const edit: Edit = { op: 'change', entry: 'A3', predecessors: ['A1'] };
    orProblem(await editDraft(catalog.db, draft.id, [edit], editor));
    const { findings } = await reviewDraft(catalog.db, draft);
    expect(findings).toMatchObject([{ rule: 'succession-unchanged', code: 'A3' }]);
  });

  test('and nobody can by an ordinary draft', async () => {
    const draft = orProblem(await openDraft(catalog.db.manager, map.schemeId, editor));
    const edit: Edit = { op: 'change', entry: 'A1', predecessors: ['A2'] };
    orProblem(await editDraft(catalog.db, draft.id, [edit], editor));
    const { findings } = await reviewDraft(catalog.db, draft);
    expect(findings).toMatchObject([{ rule: 'succession-unchanged', code: 'A1' }]);
  });
});

test('the review says of what an undoing ends that nobody takes its place', async () => {
  await publish(create('A4', []));
  const undone = { history: await history(), undo: 'only' as const, revision: 2, by: editor };
  const { findings } = await reviewDraft(catalog.db, orProblem(await openInverse(catalog.db, undone)));
  expect(findings).toMatchObject([{ rule: 'ended-by-undoing', severity: 'note', code: 'A4' }]);
});

test('a part that ends without a successor is told beside the other: in the table, in the notes, as a split', async () => {
  await publish({ op: 'retire', entry: 'A3' }, create('A4', ['A3']), create('A5', ['A3']));
  await publish({ op: 'retire', entry: 'A4', successors: [] });
  expect(await ask('A3', 1, 3)).toEqual({ status: 'split', codes: ['A5'], choiceNeeded: true });
  expect((await outcomes(1, 3)).slice(2)).toEqual(['A3 split A5', 'A3 retired -']);
  const notes = notesMarkdown(releaseNotes(await comparison(1, 3), 'en'));
  expect(notes).toContain('+ a part that ends without a successor');
});
