import { isRefusal, orProblem } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { changeSetJson } from '../documents/change-set-json.ts';
import { findPair } from '../documents/find-pair.ts';
import { loadComparison } from '../documents/load-comparison.ts';
import { notesMarkdown } from '../documents/notes-markdown.ts';
import { releaseNotes } from '../documents/release-notes.ts';
import { exportForEditing } from '../export/export-xlsx.ts';
import { editWorkbook, type EditedRow } from '../imports/testing/edit-workbook.ts';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';
import { SchemeHistories } from '../resolve/scheme-histories.ts';
import { acknowledgeAll } from '../review/acknowledge-all.ts';
import { submit } from '../review/submit.ts';
import { catalogApp, importFile, type CatalogApp } from '../testing/catalog-app.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';

const scheme = 'processi-camerali';
let app: CatalogApp;
let first: FoundRevision;
let rows: EditedRow[];

beforeAll(async () => {
  app = await catalogApp();
  await publishSeed(app.catalog.db);
  const found = await findRevision(app.catalog.db.manager, scheme);
  if (isRefusal(found)) throw new Error(found.title.english);
  first = found;
  await edited((all) => (rows = all));
});
afterAll(() => app.close());

const edited = (edit: (rows: EditedRow[]) => EditedRow[]) =>
  editWorkbook(exportForEditing(app.catalog.db, first, 'it'), edit);
const title = 'Titolo [it]';
const asked = 'Variazione chiesta';
const answerSchema = z.object({
  id: z.string(),
  state: z.string(),
  draft: z.string().nullable(),
  findings: z.array(
    z.object({ rule: z.string(), severity: z.string(), message: z.string(), code: z.string().optional() }),
  ),
});
async function imported(format: string, file: Blob, options: object = {}) {
  return answerSchema.parse(await importFile(app, scheme, { format, options }, file));
}
const missingSchema = z.object({
  items: z.array(
    z.object({
      conceptId: z.string(),
      code: z.string().nullable(),
      how: z.string(),
      asked: z.boolean(),
      shape: z.string().nullable(),
      successors: z.array(z.object({ row: z.string(), code: z.string(), title: z.string() })),
    }),
  ),
});
const missingOf = async (id: string) =>
  missingSchema.parse((await app.call('GET', `/imports/${id}/missing`)).body).items;
const errorsOf = ({ findings }: z.output<typeof answerSchema>) =>
  findings.filter(({ severity }) => severity === 'error');
const csvOf = (...lines: string[][]) =>
  new Blob([
    lines.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\n'),
  ]);
const columns = ['codice', 'titolo', 'padre', asked, 'motivo'];

/** A1.3.2.3 is retired, and two new rows take its place. */
const split = () =>
  edited((all) => [
    ...all.map((row) => (row['Codice'] === 'A1.3.2.3' ? { ...row, [asked]: 'cessare' } : row)),
    {
      Codice: 'A1.3.2.8',
      [title]: 'Organizzazione di corsi di formazione trasversali',
      'Voce superiore': 'A1.3.2',
    },
    {
      Codice: 'A1.3.2.9',
      [title]: 'Partecipazione a corsi di formazione trasversali',
      'Voce superiore': 'A1.3.2',
    },
  ]);

test('who takes the place of an entry that a file retires is decided by a person, and what is decided can be submitted', async () => {
  const { id, state } = await imported('xlsx', await split());
  expect(state).toBe('matching');
  const [missing] = await missingOf(id);
  expect(missing).toMatchObject({ code: 'A1.3.2.3', how: 'open', asked: true, shape: 'split' });
  expect(new Set(missing?.successors.map(({ code }) => code))).toEqual(new Set(['A1.3.2.8', 'A1.3.2.9']));
  expect(await app.call('GET', `/imports/${id}/report`)).toMatchObject({
    body: { missing: 1, missingDecided: 0 },
  });
  expect((await app.call('POST', `/imports/${id}/application`)).status).toBe(409);

  const bulk = { accept: 'first-proposals', minScore: 0.5 };
  expect((await app.call('POST', `/imports/${id}/decisions/bulk`, bulk)).status).toBe(200);
  expect(await app.call('GET', `/imports/${id}/report`)).toMatchObject({ body: { missingDecided: 1 } });
  const applied = answerSchema.parse((await app.call('POST', `/imports/${id}/application`)).body);
  const draftId = applied.draft ?? '';
  await acknowledgeAll(app.catalog.db, draftId, editor);
  expect(await submit(app.catalog.db, draftId, editor)).toMatchObject({ state: 'submitted' });
});

test('decisions are taken until the draft is submitted, and bring the rows into the same draft again', async () => {
  const { id } = await imported('xlsx', await split());
  const [missing] = await missingOf(id);
  const decide = (...decisions: object[]) => app.call('POST', `/imports/${id}/decisions`, { decisions });
  const none = { concept: missing?.conceptId, retired: true, successors: [] };
  const bothNew = ['A1.3.2.8', 'A1.3.2.9'].map((row) => ({ row, new: true }));
  expect((await decide(none, ...bothNew)).status).toBe(200);
  const { draft } = answerSchema.parse((await app.call('POST', `/imports/${id}/application`)).body);
  expect(await decide({ ...none, successors: ['A1.3.2.8'] })).toMatchObject({
    status: 200,
    body: { state: 'matching' },
  });
  expect(await app.call('POST', `/imports/${id}/application`)).toMatchObject({ body: { draft } });
  await acknowledgeAll(app.catalog.db, draft ?? '', editor);
  expect(await submit(app.catalog.db, draft ?? '', editor)).toMatchObject({ state: 'submitted' });
  expect(await decide(none)).toMatchObject({ status: 409, body: { type: '/problems/import-not-matching' } });
});

test('rows that the file names by concept id are named by their codes as well, and a refusal says what is true', async () => {
  const { id } = await imported('xlsx', await split());
  const [missing] = await missingOf(id);
  const decide = (...decisions: object[]) => app.call('POST', `/imports/${id}/decisions`, { decisions });
  const ended = (...successors: string[]) => ({ concept: missing?.conceptId, retired: true, successors });
  const key = rows.find((row) => row['Codice'] === 'A1.3.2.2')?.['Identificativo'] ?? '';
  expect((await decide(ended('A1.3.2.2', key, 'A1.3.2.8'))).status).toBe(200);
  const { body } = await app.call('GET', `/imports/${id}/report`);
  expect(body).toMatchObject({ decisions: [{ decision: { successors: [key, 'A1.3.2.8'] } }] });
  expect((await app.call('GET', `/imports/${id}/rows/A1.3.2.2`)).body).toMatchObject({ row: key });

  const same = { row: 'A1.3.2.2', same: missing?.conceptId };
  const refused = await decide(
    ended('A1.3.2.3'),
    same,
    { row: 'A1.3.2.3', new: true },
    { ...same, row: 'Z' },
  );
  const { problems } = z.object({ problems: z.array(z.object({ message: z.string() })) }).parse(refused.body);
  expect(problems.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      'The successor A1.3.2.3 ends itself, as the file asks.',
      'The file states which concept the row is.',
      'The row A1.3.2.3 asks for the end of its entry: the decision is about the concept.',
      'The file has no row Z.',
    ]),
  );
});

test('without concept ids a retirement is asked for by code; an unknown code, or another title, is told', async () => {
  const all = rows.map((row) => [
    row['Codice'] ?? '',
    row[title] ?? '',
    row['Codice']?.includes('.') ? (row['Voce superiore'] ?? '') : '',
    row['Codice'] === 'A1.1.4.2' ? 'cessare' : '',
    '',
  ]);
  const coded = all.filter(([code]) => code !== '');
  const read = await imported('csv', csvOf(columns, ...coded, ['A9.9.9.9', 'Mai vista', '', 'cessare', '']));
  expect(read.findings).toContainEqual(
    expect.objectContaining({ rule: 'retirement-unknown', code: 'A9.9.9.9' }),
  );
  const missing = (await missingOf(read.id)).find(({ code }) => code === 'A1.1.4.2');
  expect(missing).toMatchObject({ asked: true, how: 'open' });
});

test('a row that asks for the end of its entry and changes it too is told, and nothing is told of one that only asks', async () => {
  const file = await edited((all) =>
    all.map((row) => {
      if (row['Codice'] === 'A1.1.4.2') return { ...row, [asked]: 'cessare' };
      return row['Codice'] === 'A1.1.4.1' ? { ...row, [asked]: 'cessare', [title]: 'Altro titolo' } : row;
    }),
  );
  const { findings } = await imported('xlsx', file);
  expect(findings.filter(({ rule }) => rule === 'retirement-differs')).toMatchObject([
    { code: 'A1.1.4.1', severity: 'warning', message: expect.stringContaining('the title (it)') },
  ]);
});

test('a file may hold only the rows that change', async () => {
  const file = csvOf(
    columns,
    ['A1.1.4.2', '', '', 'cessare', 'doppia'],
    ['A1.1.1.1', 'Relazione previsionale', '', '', ''],
  );
  const whole = await imported('csv', file);
  expect(errorsOf(whole)).toMatchObject([{ rule: 'parent-missing' }]);
  const read = await imported('csv', file, { partial: true });
  expect(await missingOf(read.id)).toMatchObject([{ code: 'A1.1.4.2', asked: true }]);
  const row = await app.call('GET', `/imports/${read.id}/rows/A1.1.1.1`);
  expect(row.body).toMatchObject({ how: 'open', proposals: [{ concept: { code: 'A1.1.1.1' } }, {}] });
});

test('a title that is emptied, and a branch that is retired above rows that go on, are errors once each, as in a check', async () => {
  const untitled = await edited((all) =>
    all.map((row) => (row['Codice'] === 'A1.1.1.5' ? { ...row, [title]: '' } : row)),
  );
  expect(errorsOf(await imported('xlsx', untitled))).toMatchObject([
    { rule: 'title-missing', code: 'A1.1.1.5' },
  ]);
  const branch = await edited((all) =>
    all.map((row) => (row['Codice'] === 'A1.1.2' ? { ...row, [asked]: 'cessare' } : row)),
  );
  const errors = errorsOf(await imported('xlsx', branch));
  expect(new Set(errors.map(({ rule }) => rule))).toEqual(new Set(['parent-retired']));
  expect(errors[0]?.message).toBe('A1.1.2.1 goes on, but A1.1.2 above it is retired.');
});

test('warnings that the map has already are not told again', async () => {
  const retitled = await edited((all) =>
    all.map((row) => (row['Codice'] === 'B1' ? { ...row, [title]: 'Lungo '.repeat(50).trim() } : row)),
  );
  const { findings } = await imported('xlsx', retitled);
  expect(findings.filter(({ severity }) => severity === 'warning').map(({ code }) => code)).toEqual(['B1']);
  expect(findings).toContainEqual(expect.objectContaining({ rule: 'warnings-known' }));
});

test('the reason of a row goes with its change: into matching, decision, review, audit and release notes', async () => {
  const file = await edited((all) =>
    all.map((row) => {
      if (row['Codice'] === 'A1.1.4.2') return { ...row, [asked]: 'cessare', Motivo: 'doppia di A1.1.4.1' };
      return row['Codice'] === 'B1' ? { ...row, [title]: 'Nuovo titolo', Motivo: 'legge 7/2026' } : row;
    }),
  );
  const { id } = await imported('xlsx', file);
  expect((await app.call('GET', `/imports/${id}/missing`)).body).toMatchObject({
    items: [{ reason: 'doppia di A1.1.4.1' }],
  });
  const b1 = rows.find((row) => row['Codice'] === 'B1')?.['Identificativo'];
  expect((await app.call('GET', `/imports/${id}/rows/${b1}`)).body).toMatchObject({
    asked: { change: null, reason: 'legge 7/2026' },
  });
  await app.call('POST', `/imports/${id}/decisions/bulk`, { accept: 'retirements', minScore: 1 });
  expect((await app.call('GET', `/imports/${id}/report`)).body).toMatchObject({
    decisions: [{ why: 'doppia di A1.1.4.1' }],
  });
  const applied = answerSchema.parse((await app.call('POST', `/imports/${id}/application`)).body);
  const review = await app.call('GET', `/drafts/${applied.draft}/review`);
  const { reasons } = z.object({ reasons: z.array(z.object({ reason: z.string() })) }).parse(review.body);
  expect(reasons).toHaveLength(2);
  const published = await publishDraft(app.catalog.db, applied.draft ?? '');
  if (isRefusal(published)) throw new Error(JSON.stringify(published));
  const pair = orProblem(await findPair(app.catalog.db.manager, scheme, '1', '2'));
  const history = orProblem(await new SchemeHistories(app.catalog.db).get(scheme));
  const comparison = await loadComparison(app.catalog.db, history, pair.from, pair.to);
  const notes = notesMarkdown(releaseNotes(comparison, 'it'));
  expect(notes).toContain('Motivo: legge 7/2026');
  expect(notes).toContain('Motivo: doppia di A1.1.4.1');
  expect(JSON.parse(changeSetJson(comparison))).toMatchObject({
    reasons: expect.arrayContaining([{ conceptId: b1, reason: 'legge 7/2026' }]),
  });
  const past = await app.call('GET', `/schemes/${scheme}/concepts/${b1}/history`);
  expect(past.body).toMatchObject({ reasons: [{ revision: 2, reason: 'legge 7/2026' }] });
});

test('the imports of a scheme are listed with their state and who made them, the newest first', async () => {
  const made = await app.call('POST', `/schemes/${scheme}/imports`, { format: 'csv' });
  const { id, createdBy } = z.object({ id: z.string(), createdBy: z.string() }).parse(made.body);
  const list = await app.call('GET', `/schemes/${scheme}/imports?limit=2`);
  expect(list.body).toMatchObject({ items: [{ id, createdBy, state: 'waiting', errors: 0 }, {}], next: '2' });
  const waiting = await app.call('GET', `/schemes/${scheme}/imports?state=waiting`);
  expect(waiting.body).toMatchObject({ items: [{ id }], next: null });
  const failed = await app.call('GET', `/schemes/${scheme}/imports?state=failed`);
  const { items } = z.object({ items: z.array(z.object({ errors: z.int() })) }).parse(failed.body);
  expect(items.length).toBeGreaterThan(0);
  expect(items.every(({ errors }) => errors > 0)).toBe(true);
});
