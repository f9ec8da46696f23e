import type { Edit } from '#contracts';
import { isRefusal, orProblem, run, sql } from '#platform';
import { conceptIdFrom } from '#taxonomy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { editDraft } from '../drafts/edit-draft.ts';
import { exportCsv } from '../export/export-csv.ts';
import { exportJson } from '../export/export-json.ts';
import { exportSkos } from '../export/skos/export-skos.ts';
import { permanentUris } from '../addresses/permanent-uris.ts';
import { exportForEditing } from '../export/export-xlsx.ts';
import { editWorkbook, type EditedRow } from '../imports/testing/edit-workbook.ts';
import type { Origin } from '../imports/origin.ts';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';
import { rebaseDraft } from '../rebase/rebase-draft.ts';
import { listWarnings } from '../review/list-warnings.ts';
import { catalogApp, importFile, type CatalogApp } from '../testing/catalog-app.ts';
import { openedWith } from '../testing/opened-with.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';

const scheme = 'processi-camerali';
let app: CatalogApp;
let first: FoundRevision;

beforeAll(async () => {
  app = await catalogApp();
  await publishSeed(app.catalog.db);
  const found = await findRevision(app.catalog.db.manager, scheme, 1);
  if (isRefusal(found)) throw new Error(found.title.english);
  first = found;
  await publish(
    { op: 'change', entry: 'A1.1.1.1', titles: { it: { official: 'Di altri' } } },
    { op: 'change', entry: 'A1.1.1.2', notes: { it: { includes: 'Di altri' } } },
    { op: 'change', entry: 'A1.1.3.3', titles: { it: { official: 'Anche di altri' } } },
    { op: 'retire', entry: 'A1.1.2.4', successors: [] },
  );
});
afterAll(() => app.close());

async function publish(...edits: Parameters<typeof openedWith>[1]) {
  const published = await publishDraft(app.catalog.db, await openedWith(app.catalog.db, edits));
  if (isRefusal(published)) throw new Error(JSON.stringify(published));
}

const answerSchema = z.object({
  id: z.string(),
  state: z.string(),
  draft: z.string(),
  baseRevision: z.number(),
  findings: z.array(z.object({ rule: z.string(), message: z.string(), code: z.string().optional() })),
});
async function imported(format: string, file: Blob, replaces?: string, decisions: object[] = []) {
  const asked = { format, ...(replaces ? { replaces } : {}) };
  const read = await importFile(app, scheme, asked, file);
  const { id, state } = z.object({ id: z.string(), state: z.string() }).parse(read);
  if (state === 'matching') {
    if (decisions.length > 0)
      expect(await app.call('POST', `/imports/${id}/decisions`, { decisions, why: 'x' })).toMatchObject({
        status: 200,
      });
    await app.call('POST', `/imports/${id}/decisions/bulk`, { accept: 'retirements', minScore: 1 });
    await app.call('POST', `/imports/${id}/application`);
  }
  const answer = answerSchema.parse((await app.call('GET', `/imports/${id}`)).body);
  return { ...answer, told: answer.findings.filter(({ rule }) => ours.has(rule)) };
}
const ours = new Set(['file-outdated', 'origin-missing', 'origin-unknown', 'changed-by-both']);

/** The file for editing of the first revision, as somebody sends it back with these cells of these codes changed. */
const edited = (changes: Record<string, EditedRow> = {}, claim?: (origin: Origin) => Origin) =>
  editWorkbook(
    exportForEditing(app.catalog.db, first, 'it'),
    (rows) => rows.map((row) => ({ ...row, ...changes[row['Codice'] ?? ''] })),
    claim,
  );
async function textOf(pieces: AsyncIterable<string>) {
  const read: string[] = [];
  for await (const piece of pieces) read.push(piece);
  return new Blob(read);
}
const title = 'Titolo [it]';
const changedIn = (draftId: string) =>
  run<{ code: string; title: string; includes: string | null; retired: boolean }>(
    app.catalog.db,
    sql`
    select code, titles -> 'it' ->> 'official' as title, notes -> 'it' ->> 'includes' as includes, retired
    from draft_entry where draft_id = ${draftId} order by code`,
  );
const baseOf = async (draftId: string) =>
  (
    await run<{ base: number }>(
      app.catalog.db,
      sql`select base_revision as base from draft where id = ${draftId}`,
    )
  )[0]?.base;

test('a file of an older revision that nobody edited changes nothing, and says which revision it is of', async () => {
  const read = await imported('xlsx', await edited());
  expect(read).toMatchObject({ state: 'applied', baseRevision: 1, told: [{ rule: 'file-outdated' }] });
  expect(read.told[0]?.message).toContain('revision 1');
  expect(await changedIn(read.draft)).toEqual([]);
  expect(await baseOf(read.draft)).toBe(2);
});

test('only what was edited in it is a change; what others changed beside it stays, field by field', async () => {
  const read = await imported(
    'xlsx',
    await edited({ B1: { [title]: 'Mio' }, 'A1.1.1.2': { [title]: 'Anche mio' } }),
  );
  expect(read.told).toMatchObject([{ rule: 'file-outdated' }]);
  expect(await changedIn(read.draft)).toMatchObject([
    { code: 'A1.1.1.2', title: 'Anche mio', includes: 'Di altri' },
    { code: 'B1', title: 'Mio' },
  ]);
});

test('what both changed, retirements too, is told with both values and decided by a person', async () => {
  const file = await edited({
    'A1.1.1.1': { [title]: 'Mio' },
    'A1.1.2.4': { [title]: 'Mia, cessata da altri' },
    'A1.1.3.3': { 'Variazione chiesta': 'cessare', Motivo: 'non serve più' },
  });
  const read = await imported('xlsx', file);
  const both = read.told.filter(({ rule }) => rule === 'changed-by-both');
  expect(new Set(both.map(({ code }) => code))).toEqual(new Set(['A1.1.1.1', 'A1.1.2.4', 'A1.1.3.3']));
  const toldOf = (wanted: string) => both.find(({ code }) => code === wanted)?.message;
  expect(toldOf('A1.1.1.1')).toMatch(/"Mio".*revision 2.*"Di altri"/);
  expect(toldOf('A1.1.3.3')).toContain(
    'the file asks to retire it, and revision 2 has changed it: the title (it) is "Anche di altri" now',
  );
  expect(toldOf('A1.1.2.4')).toContain(
    'the file changes it: the title (it) is "Mia, cessata da altri" now; revision 2 has retired it',
  );
  expect(await baseOf(read.draft)).toBe(1);
  expect(await app.call('POST', `/drafts/${read.draft}/submission`)).toMatchObject({ status: 409 });
  const listed = await app.call('GET', `/drafts/${read.draft}/conflicts`);
  const { items } = z
    .object({
      items: z.array(
        z.object({ conceptId: z.string(), field: z.string(), mine: z.unknown(), theirs: z.unknown() }),
      ),
    })
    .parse(listed.body);
  expect(items).toHaveLength(3);
  const [retired, theirTitle, myTitle] = [
    { retired: true },
    { titles: { it: { official: 'Anche di altri' } } },
    { titles: { it: { official: 'Mia, cessata da altri' } } },
  ];
  expect(items).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ field: 'entry', mine: retired, theirs: expect.objectContaining(theirTitle) }),
      expect.objectContaining({ field: 'entry', mine: expect.objectContaining(myTitle), theirs: retired }),
    ]),
  );
  const resolutions = items.map(({ conceptId, field }) => ({
    conceptId: conceptIdFrom(conceptId),
    field,
    take: 'theirs' as const,
  }));
  const asked = { draftId: read.draft, by: editor };
  expect(await rebaseDraft(app.catalog.db, { ...asked, resolutions: [] })).toMatchObject({
    code: 'draft-conflicts',
  });
  expect(await rebaseDraft(app.catalog.db, { ...asked, resolutions })).toMatchObject({ baseRevision: 2 });
  expect(await changedIn(read.draft)).toMatchObject([{ code: 'A1.1.1.1', title: 'Di altri' }]);

  const corrected = await imported('xlsx', await edited({ B1: { [title]: 'Corretto' } }), read.id);
  expect(corrected.draft).toBe(read.draft);
  expect(await changedIn(read.draft)).toMatchObject([{ code: 'B1' }]);
  expect(await app.call('GET', `/drafts/${read.draft}/conflicts`)).toMatchObject({ body: { items: [] } });
});

test('of a file that is not used, nobody is told what the map has already', async () => {
  const file = await edited({ B1: { Codice: 'B1.x' } });
  const asked = { format: 'xlsx' };
  const read = z
    .object({ state: z.string(), findings: z.array(z.object({ rule: z.string() })) })
    .parse(await importFile(app, scheme, asked, file));
  expect(read.state).toBe('failed');
  expect(read.findings.map(({ rule }) => rule)).not.toContain('warnings-known');
});

test('an export in JSON, Turtle or JSON-LD says it too; a CSV cannot, and a revision that is not ours is not believed', async () => {
  const json = await imported('json', await textOf(exportJson(app.catalog.db, first)));
  expect(json).toMatchObject({ baseRevision: 1, told: [{ rule: 'file-outdated' }] });
  expect(await changedIn(json.draft)).toEqual([]);
  for (const [format, way] of [
    ['skos-turtle', 'turtle'],
    ['skos-json-ld', 'json-ld'],
  ] as const) {
    const uris = permanentUris('https://mappa.example.it/', scheme);
    const linked = await imported(format, await textOf(exportSkos(app.catalog.db, first, way, uris)));
    expect(linked).toMatchObject({ baseRevision: 1, told: [{ rule: 'file-outdated' }] });
    expect(await changedIn(linked.draft)).toEqual([]);
  }
  const csv = await imported('csv', await textOf(exportCsv(app.catalog.db, first, 'standard')));
  expect(csv).toMatchObject({ baseRevision: 2, told: [{ rule: 'origin-missing' }] });
  for (const [claim, message] of [
    [{ contentHash: '0'.repeat(64) }, /with another content hash than that of revision 1 here/],
    [{ scheme: 'altra' }, /from revision 1 of the scheme altra, and this is processi-camerali/],
    [{ revision: 9 }, /from revision 9, which is not known here/],
  ] as const) {
    const other = await edited({}, (origin) => ({ ...origin, ...claim }));
    expect(await imported('xlsx', other)).toMatchObject({
      baseRevision: 2,
      told: [{ rule: 'origin-unknown', message: expect.stringMatching(message) }],
    });
  }
});

describe('who took the place of an entry that ended meanwhile', () => {
  const [ended, replaced] = ['A1.1.2.4', 'A1.1.2.3'];
  let all: { conceptId: string; code: string | null }[];
  const readFirst = async (): Promise<{ entries: typeof all }> =>
    JSON.parse(await (await textOf(exportJson(app.catalog.db, first))).text());
  beforeAll(async () => {
    ({ entries: all } = await readFirst());
    await publish({ op: 'retire', entry: replaced, successors: ['A1.1.2.2'] });
  });
  const idOf = (code: string) => all.find((entry) => entry.code === code)?.conceptId ?? '';
  const without = (code: string) => all.filter((entry) => entry.code !== code);
  const fileOf = async (entries: object[]) => new Blob([JSON.stringify({ ...(await readFirst()), entries })]);
  const linksIn = (draftId: string) =>
    run<object>(
      app.catalog.db,
      sql`select predecessor, successor from draft_succession where draft_id = ${draftId}`,
    );

  test('is said by the map: a file that says otherwise makes a conflict, decided by theirs', async () => {
    const decision = { concept: idOf(ended), retired: true, successors: [idOf('A1.1.2.1')] };
    const read = await imported('json', await fileOf(without(ended)), undefined, [decision]);
    expect(read.told.find(({ rule }) => rule === 'changed-by-both')).toMatchObject({
      code: ended,
      message: expect.stringContaining('its place was taken by nobody; the file says A1.1.2.1'),
    });
    expect(await baseOf(read.draft)).toBe(1);
    expect(await app.call('GET', `/drafts/${read.draft}/conflicts`)).toMatchObject({
      body: {
        items: [{ conceptId: idOf(ended), field: 'successors', mine: [idOf('A1.1.2.1')], theirs: [] }],
      },
    });
    const theirs = { conceptId: conceptIdFrom(idOf(ended)), field: 'successors', take: 'theirs' as const };
    const asked = { draftId: read.draft, by: editor };
    expect(await rebaseDraft(app.catalog.db, { ...asked, resolutions: [] })).toMatchObject({
      code: 'draft-conflicts',
    });
    expect(await rebaseDraft(app.catalog.db, { ...asked, resolutions: [theirs] })).toMatchObject({
      baseRevision: 3,
    });
    expect(await linksIn(read.draft)).toEqual([]);
  });

  test('is not taken by a new entry of the file either', async () => {
    const added = { code: 'A1.1.2.5', parentId: idOf('A1.1.2'), titles: { it: { official: 'Nuova' } } };
    const decision = { row: added.code, new: true, predecessors: [idOf(replaced)] };
    const read = await imported('json', await fileOf([...all, added]), undefined, [decision]);
    expect(read.told.find(({ rule }) => rule === 'changed-by-both')?.message).toContain(
      'its place was taken by A1.1.2.2; the file says A1.1.2.5',
    );
    expect(await baseOf(read.draft)).toBe(1);
  });

  test('is beside it when the file changes it and "mine" is taken: the conflict says so, and the review warns', async () => {
    const mine = { it: { official: 'Di nuovo mia' } };
    const file = await fileOf(
      all.map((entry) => (entry.code === replaced ? { ...entry, titles: mine } : entry)),
    );
    const read = await imported('json', file);
    const warned =
      'and its place was taken by A1.1.2.2: with "mine" it comes back beside them, and of a record with its old code a person must say which one it means';
    expect(read.told.find(({ rule }) => rule === 'changed-by-both')?.message).toContain(warned);
    const theirs = { retired: true, successors: [idOf('A1.1.2.2')] };
    const concept = conceptIdFrom(idOf(replaced));
    expect(await app.call('GET', `/drafts/${read.draft}/conflicts`)).toMatchObject({
      body: { items: [{ conceptId: concept, field: 'entry', theirs }] },
    });
    const asked = { draftId: read.draft, by: editor };
    expect(JSON.stringify(await rebaseDraft(app.catalog.db, { ...asked, resolutions: [] }))).toContain(
      'with \\"mine\\" it comes back beside them',
    );
    const resolutions = [{ conceptId: concept, field: 'entry', take: 'mine' as const }];
    expect(await rebaseDraft(app.catalog.db, { ...asked, resolutions })).toMatchObject({ baseRevision: 3 });
    const beside = async () =>
      orProblem(await listWarnings(app.catalog.db, read.draft)).filter(
        ({ rule }) => rule === 'back-beside-successor',
      );
    expect(await beside()).toMatchObject([
      { code: replaced, name: `back-beside-successor:${concept}:${idOf('A1.1.2.2')}` },
    ]);
    const takesBack: Edit = { op: 'change', entry: concept, predecessors: ['A1.1.2.2'] };
    orProblem(await editDraft(app.catalog.db, read.draft, [takesBack], editor));
    expect(await beside()).toEqual([]);
  });

  test('is no matter of a file that says the same', async () => {
    const decision = { concept: idOf(replaced), retired: true, successors: [idOf('A1.1.2.2')] };
    const read = await imported('json', await fileOf(without(replaced)), undefined, [decision]);
    expect(read.told).toMatchObject([{ rule: 'file-outdated' }]);
    expect(await baseOf(read.draft)).toBe(3);
    expect(await linksIn(read.draft)).toEqual([]);
  });
});
