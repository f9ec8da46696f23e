import { isRefusal, run, sql } from '#platform';
import type { Change, Entry } from '#taxonomy';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { readReasons } from '../drafts/reasons.ts';
import { reviewDraft } from '../drafts/review-draft.ts';
import { catalogApp, whenRead, type CatalogApp } from '../testing/catalog-app.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed, seedFolder } from '../testing/seed.ts';
import { csvOfRows, rev2026, rowsOf, type Row } from './testing/rev-2026.ts';

let app: CatalogApp;
let rows: Row[];
let idOf: (code: string) => string;
const map = '/schemes/processi-camerali';

beforeAll(async () => {
  app = await catalogApp({ IMPORT_LIMIT: '500000' });
  await publishSeed(app.catalog.db);
  const entries = await run<Entry>(
    app.catalog.db,
    sql`select ${entryColumns} from entry e where to_revision is null order by e.code nulls first, e.rank`,
  );
  rows = rowsOf(entries);
  const ids = new Map(entries.map(({ code, conceptId }) => [String(code), String(conceptId)]));
  idOf = (code) => ids.get(code) ?? '';
});
afterAll(() => app.close());

/** What the answers of these tests hold, where it is looked at. */
interface Answer {
  readonly id: string;
  readonly state: string;
  readonly draft: string;
  readonly rowsRead: number;
  readonly open: number;
  readonly findings: readonly { readonly rule: string; readonly line: number }[];
  readonly items: readonly {
    readonly row: string;
    readonly code: string;
    readonly labels: readonly string[];
  }[];
  readonly problems: readonly { readonly rule: string }[];
  readonly decisions: readonly { readonly subject: string; readonly lapsed: string | null }[];
}
const call = async (method: string, path: string, body?: unknown) =>
  (await app.call(method, path, body)).body as Answer;
/** Sends a file as an import, and waits until it is read. */
async function imported(file: string, label = 'Rev. 2026', replaces?: string): Promise<Answer> {
  const { edition } = await seedFolder();
  const asked = { edition: { ...edition, label }, format: 'csv', ...(replaces ? { replaces } : {}) };
  const { id } = await call('POST', `${map}/imports`, asked);
  expect((await app.put(`/imports/${id}/file`, file)).status).toBe(202);
  return (await whenRead(app, id)) as Answer;
}

test('a file that changes nothing waits for nobody and leads to a draft without changes', async () => {
  const read = await imported(csvOfRows(rows));
  expect(read).toMatchObject({ state: 'applied', rowsRead: 453, draft: expect.any(String) });
  const draft = await app.catalog.db.manager.findOneByOrFail(DraftRow, { id: read.draft });
  expect((await reviewDraft(app.catalog.db, draft)).changes).toEqual([]);
});

test('decisions that contradict the file, the base or each other are refused together', async () => {
  const { id } = await imported(csvOfRows(rev2026(rows)), 'Rev. 2027');
  const decisions = [
    { row: 'X9', new: true },
    { row: 'A1.3.2.8', same: idOf('A1.1.3.2') },
    { row: 'A1.3.2.9', same: idOf('A1.1.3.2') },
    { row: 'A2.1.2.6', same: '00000000-0000-4000-8000-000000000000' },
  ];
  const refused = await app.call('POST', `/imports/${id}/decisions`, { decisions });
  expect(refused).toMatchObject({
    status: 422,
    body: {
      problems: [
        { path: 'decisions[0]', rule: 'subject-unknown' },
        { path: 'decisions[2]', rule: 'decision-impossible' },
        { path: 'decisions[3]', rule: 'decision-impossible' },
      ],
    },
  });
  expect((await call('GET', `/imports/${id}/report`)).decisions).toEqual([]);
});

test('a corrected file keeps the decisions that still apply, and says which do not', async () => {
  const next = rev2026(rows);
  const first = await imported(csvOfRows(next), 'Rev. 2028');
  const decisions = [
    { row: 'A1.3.2.8', new: true },
    { row: 'A2.1.2.6', new: true },
  ];
  await call('POST', `/imports/${first.id}/decisions`, { decisions, why: 'new' });
  const corrected = next.map((row) => (row.code === 'A2.1.2.6' ? { ...row, title: 'Gemellaggi' } : row));
  const second = await imported(csvOfRows(corrected), 'Rev. 2028', first.id);
  const report = await call('GET', `/imports/${second.id}/report`);
  expect(report.decisions.map(({ subject, lapsed }) => ({ subject, lapsed }))).toEqual([
    { subject: 'row:A1.3.2.8', lapsed: null },
    { subject: 'row:A2.1.2.6', lapsed: 'The row has another code or title now.' },
  ]);
});

test('the next edition is proposed, decided, applied, reviewed and published, and says exactly what happened', async () => {
  const { id } = await imported(csvOfRows(rev2026(rows)));
  const labelled = async (label: string) =>
    (await call('GET', `/imports/${id}/rows?label=${label}`)).items.map(({ code }) => code).sort();
  expect(await labelled('swap')).toEqual(['A1.1.1.2', 'A1.1.1.3']);
  expect(await labelled('chain')).toEqual(['A1.1.1.6', 'A1.1.1.7']);
  expect(await labelled('code-reused')).toEqual(['A1.1.1.2', 'A1.1.1.3', 'A1.1.1.6', 'A1.3.2.5']);
  expect(await labelled('moved')).toEqual(['A1.1.1.6', 'A1.2.3']);
  const refused = await call('POST', `/imports/${id}/application`);
  expect(new Set(refused.problems.map(({ rule }) => rule))).toEqual(
    new Set(['row-undecided', 'concept-undecided']),
  );

  const bulk = { accept: 'first-proposals', evidence: ['same-title'], minScore: 0.5, why: 'same title' };
  expect(await call('POST', `/imports/${id}/decisions/bulk`, bulk)).toMatchObject({ state: 'matching' });
  await call('POST', `/imports/${id}/decisions/bulk`, {
    accept: 'first-proposals',
    evidence: ['same-code', 'same-parent'],
    minScore: 0.3,
    why: 'no title in the source',
  });
  const decisions = [
    { row: 'A1.1.3.2', same: idOf('A1.1.3.2') },
    { row: 'A1.3.2.5', new: true },
    { row: 'A1.3.2.8', new: true },
    { row: 'A1.3.2.9', new: true },
    { row: 'A2.1.2.5', new: true },
    { row: 'A2.1.2.6', new: true },
    { concept: idOf('A1.3.2.3'), retired: true, successors: ['A1.3.2.8', 'A1.3.2.9'] },
    { concept: idOf('A2.1.2.3'), retired: true, successors: ['A2.1.2.5'] },
    { concept: idOf('A2.1.2.4'), retired: true, successors: ['A2.1.2.5'] },
    { concept: idOf('A1.1.2.4'), retired: true, successors: [] },
    { concept: idOf('A1.3.2.6'), retired: true, successors: [] },
    { concept: idOf('B1.1.1.3'), retired: true, successors: [] },
  ];
  expect(
    (await app.call('POST', `/imports/${id}/decisions`, { decisions, why: 'minutes of 3 November' })).status,
  ).toBe(200);
  expect(await call('GET', `/imports/${id}/report`)).toMatchObject({
    open: 0,
    missing: 6,
    missingDecided: 6,
  });
  const applied = await call('POST', `/imports/${id}/application`);
  expect(applied).toMatchObject({ state: 'applied', draft: expect.any(String) });

  const draft = await app.catalog.db.manager.findOneByOrFail(DraftRow, { id: applied.draft });
  const { changes } = await reviewDraft(app.catalog.db, draft);
  expect(summary(changes)).toEqual({
    created: ['A1.3.2.5', 'A1.3.2.8', 'A1.3.2.9', 'A2.1.2.5', 'A2.1.2.6'],
    'moved renumbered': ['A1.1.1.6', 'A1.2.3'],
    'renumbered reordered': ['A1.1.1.2'],
    renumbered: ['A1.1.1.3', 'A1.1.1.7', 'A1.2.3.1', 'A1.2.3.2', 'A1.2.3.3'],
    retired: ['A1.1.2.4', 'A1.3.2.3', 'A1.3.2.6', 'A2.1.2.3', 'A2.1.2.4', 'B1.1.1.3'],
    retitled: ['A1.1.3.2'],
  });
  const kinds = Object.fromEntries(
    changes.flatMap(({ before, successionKind }) =>
      successionKind && before ? [[before.code, successionKind]] : [],
    ),
  );
  expect(kinds).toEqual({ 'A1.3.2.3': 'split', 'A2.1.2.3': 'merged', 'A2.1.2.4': 'merged' });
  const published = await publishDraft(app.catalog.db, applied.draft);
  expect(isRefusal(published) ? published.problems : published.revision.number).toBe(2);

  const reasonsOf = async (code: string) => {
    const past = await app.call('GET', `${map}/concepts/${idOf(code)}/history`);
    return z
      .object({ reasons: z.array(z.object({ revision: z.int(), reason: z.string() })) })
      .parse(past.body).reasons;
  };
  expect(await reasonsOf('A1.3.2.3')).toEqual([{ revision: 2, reason: 'minutes of 3 November' }]);
  const reasons = await readReasons(app.catalog.db, draft.id);
  expect(new Set(reasons.map(({ reason }) => reason))).toEqual(
    new Set(['minutes of 3 November', 'same title']),
  );
  const changed = changes.map(({ conceptId }) => conceptId);
  expect(changed).toEqual(expect.arrayContaining(reasons.map(({ conceptId }) => conceptId)));
});

/** Codes by kinds of change. */
function summary(changes: readonly Change[]): Record<string, string[]> {
  const byKinds: Record<string, string[]> = {};
  for (const { kinds, before, after } of changes)
    (byKinds[[...kinds].sort().join(' ')] ??= []).push(String((after ?? before)?.code));
  for (const codes of Object.values(byKinds)) codes.sort();
  return byKinds;
}
