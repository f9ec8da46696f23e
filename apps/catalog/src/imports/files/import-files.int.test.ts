import { createHash, randomUUID } from 'node:crypto';
import { isRefusal, run, sql } from '#platform';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogApp, importFile, whenRead, type CatalogApp } from '../../testing/catalog-app.ts';
import { editor } from '../../testing/people.ts';
import { exportForEditing } from '../../export/export-xlsx.ts';
import { findRevision } from '../../reading/find-revision.ts';
import { publishSeed, seedFolder } from '../../testing/seed.ts';
import { editWorkbook, type EditedRow } from '../testing/edit-workbook.ts';
import { findImport } from './import-record.ts';
import { takeImport } from './reading-attempt.ts';
import { runImport } from './run-import.ts';
import { Turns } from './turns.ts';

let app: CatalogApp;
const limit = 300_000;

beforeAll(async () => {
  app = await catalogApp({ IMPORT_LIMIT: String(limit), IMPORT_ROWS: '500' });
  await publishSeed(app.catalog.db);
  const scheme = { id: 'prova', titles: { it: 'Prova' }, languages: ['it'] };
  expect((await app.call('POST', '/schemes', scheme)).status).toBe(201);
});
afterAll(() => app.close());

interface Answer {
  readonly id: string;
  readonly state: string;
  readonly draft: string | null;
  readonly findings: readonly { readonly rule: string; readonly line: number }[];
}
const create = async (scheme: string, more: object = {}): Promise<string> => {
  const { edition } = await seedFolder();
  const made = await app.call('POST', `/schemes/${scheme}/imports`, { edition, format: 'csv', ...more });
  expect(made.status).toBe(201);
  return (made.body as Answer).id;
};
const sent = async (id: string, file: string): Promise<Answer> => {
  expect((await app.put(`/imports/${id}/file`, file)).status).toBe(202);
  return (await whenRead(app, id)) as Answer;
};
const lines = (...rows: string[]) => ['code,title', ...rows].join('\n');
const count = async (table: 'draft' | 'import_row') =>
  (
    await run<{ n: number }>(
      app.catalog.db,
      table === 'draft' ? sql`select count(*) as n from draft` : sql`select count(*) as n from import_row`,
    )
  )[0]?.n;

test('a first file becomes a draft; a wrong one tells every problem at once, changes nothing, and can be sent again', async () => {
  const id = await create('prova');
  const drafts = await count('draft');
  const refused = await sent(id, lines('A1,Uno', 'A1.1,', 'A1.2.1,Senza padre', 'A1.01,Zero'));
  expect(refused.state).toBe('failed');
  expect(refused.findings.filter(({ rule }) => rule !== 'numbering-gap').length).toBeGreaterThan(2);
  expect(refused.findings.map(({ line }) => line)).toEqual(expect.arrayContaining([3, 4, 5]));
  const written = await sent(id, lines('A1,Uno', 'A1.1,'));
  expect(written).toMatchObject({ state: 'failed', findings: [{ rule: 'title-missing', line: 3 }] });
  expect(await count('draft')).toBe(drafts);
  const read = await sent(id, lines('A1,Uno', 'A1.1,Due'));
  expect(read).toMatchObject({ state: 'applied', draft: expect.any(String) });
  expect((await app.put(`/imports/${id}/file`, lines('A1,Uno'))).status).toBe(409);
  expect((await app.call('DELETE', `/imports/${id}`)).status).toBe(409);
});

test('a corrected file has the edition of the import that it replaces, which the first of a scheme must state', async () => {
  const corrected = (replaces?: string) =>
    app.call('POST', '/schemes/prova/imports', { format: 'csv', ...(replaces ? { replaces } : {}) });
  expect(await corrected()).toMatchObject({
    status: 422,
    body: { type: '/problems/edition-needed', detail: expect.stringContaining('"edition"') },
  });
  const id = await create('prova');
  expect((await sent(id, lines('A1,'))).state).toBe('failed');
  const again = await corrected(id);
  expect(again).toMatchObject({ status: 201, body: { edition: (await seedFolder()).edition.label } });
  expect((await sent((again.body as Answer).id, lines('A1,Uno'))).state).toBe('applied');
});

test('below a row that is refused nothing is called an orphan', async () => {
  const read = await sent(await create('prova'), lines('A1,Uno,troppo', 'A1.1,Due'));
  expect(read).toMatchObject({ state: 'failed', findings: [{ rule: 'row-too-long', line: 2 }] });
});

test('a file that is too long is refused, with and without a stated length', async () => {
  const id = await create('prova');
  const long = 'x'.repeat(limit + 1);
  expect((await app.put(`/imports/${id}/file`, long)).status).toBe(413);
  const stream = new Blob([long]).stream();
  expect(await app.put(`/imports/${id}/file`, stream)).toMatchObject({
    status: 413,
    body: { type: '/problems/file-too-large' },
  });
  expect((await sent(id, lines('A1,Uno'))).state).toBe('applied');
});

test('a file with too many rows is refused before more of them are read', async () => {
  const rows = Array.from({ length: 501 }, (_, i) => `A${i + 1},Titolo ${i}`);
  const read = await sent(await create('prova'), lines(...rows));
  expect(read).toMatchObject({ state: 'failed', findings: [{ rule: 'too-many-rows' }], rowsRead: 500 });
});

test('who sent which file is in the audit log', async () => {
  const id = await create('prova');
  const file = lines('A1,Uno');
  await sent(id, file);
  const [act] = await run<{ actor: string; sha256: string; sender: string }>(
    app.catalog.db,
    sql`
    select a.actor, a.body::jsonb -> 'details' ->> 'sha256' as sha256, i.sent_by as sender
    from audit a join import i on i.id = ${id} where a.subject = ${`import/${id}`} and a.action = 'import-file-sent'`,
  );
  expect(act?.sha256).toBe(createHash('sha256').update(file).digest('hex'));
  expect(act?.sender).toBe(act?.actor);
});

test('an import waits for its turn to be read, and is interrupted when its process ends before', async () => {
  const id = await create('prova');
  const attempt = { importId: id, attemptId: randomUUID() };
  expect(await takeImport(app.catalog.db, attempt, editor)).toBe(true);
  const record = await findImport(app.catalog.db, id);
  if (isRefusal(record)) throw new Error(record.title.english);
  const stopping = new AbortController();
  const job = { record, attempt, file: { path: '/nowhere', sha256: '' }, mostRows: 1 };
  const running = runImport(app.catalog.db, job, new Turns(0), stopping.signal);
  expect((await app.call('GET', `/imports/${id}`)).body).toMatchObject({ state: 'queued' });
  expect((await app.put(`/imports/${id}/file`, lines('A1,Uno'))).status).toBe(409);
  stopping.abort();
  await running;
  expect((await app.call('GET', `/imports/${id}`)).body).toMatchObject({ state: 'interrupted' });
});

test('a PDF is refused with advice, an empty file with a finding', async () => {
  expect(await sent(await create('prova'), '%PDF-1.7 …')).toMatchObject({
    state: 'failed',
    findings: [{ rule: 'file-kind' }],
  });
  expect((await sent(await create('prova'), '')).state).toBe('failed');
});

test('what is told of a file can be stored and shown, whatever the file holds', async () => {
  const shown = await sent(await create('prova'), 'codice;titolo\0\nA1;Uno\n');
  expect(shown).toMatchObject({ state: 'failed', findings: [{ rule: 'header-missing' }] });
  expect(JSON.stringify(shown.findings)).toContain('\\"titoloU+0000\\"');
  const json = JSON.stringify([{ code: 'A1', titles: {}, attributes: { 'a\0\ud800': 'x' } }]);
  const broken = await sent(await create('prova', { format: 'json' }), json);
  expect(broken.state).toBe('failed');
  expect(JSON.stringify(broken.findings)).toContain('aU+0000U+D800');
});

test('an import that brings another edition under a known label is refused before its file comes', async () => {
  const { edition } = await seedFolder();
  const ask = (stated: object, format = 'csv') =>
    app.call('POST', '/schemes/processi-camerali/imports', { edition: stated, format });
  expect((await ask(edition)).status).toBe(201);
  const { format: _, ...source } = edition.source;
  expect((await ask({ ...edition, source }, 'xlsx')).status).toBe(201);
  expect(await ask({ ...edition, titles: { it: 'Altra' } })).toMatchObject({
    status: 409,
    body: { type: '/problems/edition-exists' },
  });
});

test('a text in UTF-32 is refused with advice', async () => {
  const file = '\ufeffcodice;titolo\nA1;Uno\n';
  const utf32 = new Blob([Uint32Array.from(file, (sign) => sign.charCodeAt(0))]);
  const read = await importFile(
    app,
    'prova',
    { edition: (await seedFolder()).edition, format: 'csv' },
    utf32,
  );
  expect(read).toMatchObject({ state: 'failed', findings: [{ rule: 'file-kind' }] });
});

test('an import whose process is gone is interrupted, nothing of it is left, and its file can be sent again', async () => {
  const id = await create('prova');
  const owner = new Client({ connectionString: app.catalog.fresh.url });
  await owner.connect();
  await owner.query(
    `update catalog.import set state = 'reading', attempt = $2, beat_at = now() - interval '1 minute' where id = $1`,
    [id, randomUUID()],
  );
  await owner.end();
  expect((await app.call('GET', `/imports/${id}`)).body).toMatchObject({ state: 'interrupted', draft: null });
  for (const asked of [
    app.call('GET', `/imports/${id}/rows`),
    app.call('POST', `/imports/${id}/application`),
  ])
    expect(await asked).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringContaining(`Send the same file again: PUT /api/v1/imports/${id}/file.`),
      },
    });
  expect((await sent(id, lines('A1,Uno'))).state).toBe('applied');
});

test('an import that is stopped takes no file, and its rows are gone', async () => {
  const id = await create('processi-camerali');
  expect((await sent(id, lines('A1,Altro titolo'))).state).toBe('matching');
  expect(await count('import_row')).toBe(1);
  expect((await app.call('DELETE', `/imports/${id}`)).body).toMatchObject({ state: 'stopped' });
  expect(await count('import_row')).toBe(0);
  expect(await app.put(`/imports/${id}/file`, lines('A1,Uno'))).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('The same file can be sent again to a new import') },
  });
});

test('identities decide; one of another scheme, unknown, or stated twice is a finding', async () => {
  const [known] = await run<{ id: string; code: string }>(
    app.catalog.db,
    sql`select concept_id as id, code from entry where code = 'A1' and scheme_id = 'processi-camerali'`,
  );
  const file = ['concept_id,code,title', `${known?.id},A1,Altro titolo`].join('\n');
  expect((await sent(await create('prova'), file)).findings).toMatchObject([{ rule: 'concept-elsewhere' }]);
  const unknown = ['concept_id,code,title', `${randomUUID()},A1,Altro titolo`].join('\n');
  const wrong = await sent(await create('processi-camerali'), unknown);
  expect(wrong.findings).toMatchObject([{ rule: 'concept-unknown', line: 2 }]);
  const id = await create('processi-camerali');
  expect((await sent(id, file)).state).toBe('matching');
  const { body } = await app.call('GET', `/imports/${id}/rows`);
  expect(body).toMatchObject({
    items: [{ how: 'fixed', concept: { code: 'A1' }, labels: ['retitled', 'moved'] }],
  });
});

test('a retirement asked for in a file for editing is honoured', async () => {
  const entries = await run<{ id: string; code: string | null; title: string | null; parent: string | null }>(
    app.catalog.db,
    sql`
    select concept_id as id, code, titles -> 'it' ->> 'official' as title, parent_id as parent
    from entry where scheme_id = 'processi-camerali' order by code nulls first, rank`,
  );
  const quoted = (cell: string | null) => `"${(cell ?? '').replaceAll('"', '""')}"`;
  const rows = entries.map(({ id, code, title, parent }) =>
    [
      id,
      code,
      title,
      parent,
      code === 'A2.1.2.3' ? 'cessare' : '',
      code === 'A2.1.2.3' ? 'non più svolta' : '',
    ]
      .map(quoted)
      .join(','),
  );
  const read = await sent(
    await create('processi-camerali'),
    ['concept_id,code,title,parent,change_asked,reason', ...rows].join('\n'),
  );
  expect(read).toMatchObject({ state: 'matching', findings: expect.any(Array) });
  const nobodyFollows = { accept: 'retirements', minScore: 1 };
  await app.call('POST', `/imports/${read.id}/decisions/bulk`, nobodyFollows);
  const { draft } = (await app.call('POST', `/imports/${read.id}/application`)).body as Answer;
  const retired = await run<{ code: string }>(
    app.catalog.db,
    sql`select code from draft_entry where draft_id = ${draft} and retired and decided_none`,
  );
  expect(retired).toEqual([{ code: 'A2.1.2.3' }]);
});

test('a form is refused, because its file is wrapped', async () => {
  const id = await create('prova');
  const form = new FormData();
  form.set('file', new Blob([lines('A1,Uno')]), 'nace.csv');
  expect((await app.put(`/imports/${id}/file`, form)).status).toBe(415);
});

test('many ids of another scheme are one finding, with the way to copy a map, which works', async () => {
  const found = await findRevision(app.catalog.db.manager, 'processi-camerali');
  if (isRefusal(found)) throw new Error(found.title.english);
  const workbook = (edit: (row: EditedRow) => EditedRow) =>
    editWorkbook(exportForEditing(app.catalog.db, found, 'it'), (rows) => rows.map(edit));
  const send = async (file: Blob) => {
    const id = await create('prova', { format: 'xlsx' });
    expect((await app.put(`/imports/${id}/file`, file.stream())).status).toBe(202);
    return (await whenRead(app, id)) as Answer;
  };
  const refused = await send(await workbook((row) => row));
  const errors = refused.findings.filter(({ rule }) => rule.startsWith('concept-'));
  expect(errors).toMatchObject([{ rule: 'concept-elsewhere', line: 2 }]);
  const copied = await send(await workbook((row) => ({ ...row, Identificativo: '' })));
  expect(copied).toMatchObject({ state: 'applied' });
  const [{ n } = { n: 0 }] = await run<{ n: number }>(
    app.catalog.db,
    sql`select count(*) as n from draft_entry where draft_id = ${copied.draft} and parent_id is not null`,
  );
  expect(n).toBeGreaterThan(440);
});

test('a format that nobody reads, and options that a format does not have, are refused', async () => {
  const { edition } = await seedFolder();
  const asked = { edition, format: 'wordstar' };
  expect(await app.call('POST', '/schemes/prova/imports', asked)).toMatchObject({
    status: 422,
    body: { type: '/problems/format-unknown' },
  });
  expect(
    await app.call('POST', '/schemes/prova/imports', { ...asked, format: 'csv', options: { colour: 'red' } }),
  ).toMatchObject({ status: 422, body: { type: '/problems/options-refused' } });
});
