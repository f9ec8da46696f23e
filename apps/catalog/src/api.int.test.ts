import 'reflect-metadata';
import { readNodesOverHttp, verifyMap } from '#client';
import { createHttpApp, createLogger, serveOpenApi, type HttpApp } from '#platform';
import { merkle, type Entry } from '#taxonomy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IdentityProvider } from '../../../test/support/identity-provider.ts';
import { AppModule } from './app.module.ts';
import { today } from './publication/effective-date.ts';
import { catalogEnv } from './config.ts';
import { entriesOfRows } from './imports/entries-of-rows.ts';
import { findFormat } from './imports/formats/index.ts';
import { readFileRows } from './imports/testing/read-file-rows.ts';
import { catalogDatabase, type CatalogDatabase } from './testing/catalog-database.ts';
import { publishSeed, seedFolder } from './testing/seed.ts';

let catalog: CatalogDatabase;
let identityProvider: IdentityProvider;
let app: HttpApp;
let address: string;
let editor: string;
let approver: string;
let administrator: string;

beforeAll(async () => {
  [catalog, identityProvider] = await Promise.all([catalogDatabase(), IdentityProvider.start()]);
  await publishSeed(catalog.db);
  const config = catalogEnv.parse({
    PORT: '0',
    DATABASE_URL: catalog.appUrl,
    // Nobody is there: the API works while Kafka is away, and no other test sees these events.
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: identityProvider.issuer,
    BODY_LIMIT: '2000000',
  });
  const logger = createLogger('test', 'silent');
  app = await createHttpApp(AppModule.forRoot(config, logger), {
    name: 'catalog',
    host: '127.0.0.1',
    port: 0,
    logger,
    bodyLimitBytes: config.BODY_LIMIT,
  });
  serveOpenApi(app.nest, { title: 'catalog', description: '', version: '1' });
  address = await app.start();
  editor = await identityProvider.token(['editor'], { sub: 'editor' });
  approver = await identityProvider.token(['approver'], { sub: 'approver' });
  administrator = await identityProvider.token(['administrator'], { sub: 'administrator' });
});
afterAll(async () => {
  await app.stop();
  await identityProvider.goAway();
  await catalog.close();
});

/** What the answers of these tests hold, where it is looked at. */
interface Answer {
  readonly id: string;
  readonly action: string;
  readonly name: string;
  readonly submissionHash: string;
  readonly conceptId: string;
  readonly code: string;
  readonly titles: { readonly it: { readonly official: string } };
  readonly items: readonly Answer[];
  readonly next: string | number | null;
  readonly roots: readonly Answer[];
  readonly children: readonly Answer[];
  readonly contentHash: string;
  readonly entries: readonly Answer[];
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
  readonly changes: readonly object[];
  readonly problems: readonly { readonly rule: string; readonly line: number; readonly path: string }[];
  readonly draft: Answer;
  readonly report: readonly object[];
}
const read = async (answer: Response | Promise<Response>) => (await (await answer).json()) as Answer;
const get = (path: string) => read(fetch(`${address}/api/v1${path}`));
const send = (method: string, path: string, body: unknown, token?: string, ifMatch = '*') =>
  fetch(`${address}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'if-match': ifMatch,
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  });
const map = '/schemes/processi-camerali';
/** Acknowledges every warning of a draft and submits it. */
async function submit(id: string): Promise<Response> {
  const headers = { authorization: `Bearer ${editor}` };
  const { items } = await read(fetch(`${address}/api/v1/drafts/${id}/warnings`, { headers }));
  const findings = [...items.map(({ name }) => name), `accounting-year:${today(new Date())}`];
  await send('POST', `/drafts/${id}/acknowledgements`, { findings }, editor);
  return send('POST', `/drafts/${id}/submission`, {}, editor);
}
/** Takes a draft through review and publishes it. */
async function publish(id: string, body: object = {}): Promise<Response> {
  const { submissionHash } = await read(submit(id));
  await send('POST', `/drafts/${id}/approval`, { submissionHash }, approver);
  return send('POST', `/drafts/${id}/publication`, body, approver);
}

describe('reading', () => {
  test('one entry, by code and by concept id, with its place', async () => {
    const entry = await get(`${map}/entries/A1.1.1.4`);
    expect(entry).toMatchObject({
      revision: 1,
      edition: 'Rev. 2023',
      code: 'A1.1.1.4',
      level: 5,
      parentCode: 'A1.1.1',
      path: ['A1', 'A1.1', 'A1.1.1'],
      titles: { it: { official: 'Definizione e assegnazione del Budget e degli obiettivi' } },
    });
    expect(await get(`${map}/entries/${entry.conceptId}`)).toEqual(entry);
  });

  test('the children of an entry, in order', async () => {
    const { items } = await get(`${map}/entries/D6/children`);
    expect(items.map(({ code }) => code)).toEqual(['D6.1', 'D6.2', 'D6.3', 'D6.4']);
  });

  test.each([
    ['words', 'q=bilancio', 'B3'],
    ['words in another form', 'q=bilanci', 'B3'],
    ['words without their accents', 'q=attivita istruttoria', 'D1.1.0.1'],
    ['the beginning of a word', 'q=whistleb', 'A1.2.1.4'],
    ['the beginning of a code', 'q=a1.1.1.', 'A1.1.1.4'],
    ['its first letter', 'q=z', 'Z1.1'],
  ])('search by %s', async (_, query, found) => {
    const { items } = await get(`${map}/entries?limit=100&${query}`);
    expect(items.map(({ code }) => code)).toContain(found);
    expect(items.length).toBeLessThan(100);
  });

  test('pages of a search are the whole list, in the order of codes', async () => {
    const codes: string[] = [];
    let cursor = '';
    do {
      const page = await get(`${map}/entries?limit=200${cursor}`);
      codes.push(...page.items.flatMap(({ code }) => code ?? []));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor);
    expect(codes).toHaveLength(449);
    expect(codes.indexOf('C2.1.1.1')).toBeLessThan(codes.indexOf('C2.9.1.1'));
  });

  test('the tree has the whole map, and an ETag that saves a second download', async () => {
    const first = await fetch(`${address}/api/v1${map}/tree`);
    const { roots, contentHash } = await read(first);
    const count = (nodes: readonly Answer[]): number =>
      nodes.reduce((sum, node) => sum + 1 + count(node.children), 0);
    expect(count(roots)).toBe(453);
    expect(contentHash).toMatch(/^8e08f833/);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${address}/api/v1${map}/tree`, { headers })).status).toBe(304);
  });

  test('a consumer that holds something else is led to it, over HTTP', async () => {
    const { entries, contentHash } = (await get(`${map}/export.json`)) as unknown as {
      entries: Entry[];
      contentHash: string;
    };
    const held = entries.map((entry) => (entry.code === 'Z1.1.1.1' ? { ...entry, titles: {} } : entry));
    const readNode = readNodesOverHttp(address, 'processi-camerali', 1);
    expect(
      await verifyMap({ scheme: 'processi-camerali', entries: held, publishedHash: contentHash }, readNode),
    ).toMatchObject({ asked: 5, differences: [{ kind: 'content' }] });
  });

  test('the page to print has an ETag, and nothing that a browser would run', async () => {
    const page = await fetch(`${address}/api/v1${map}/revisions/1/print.html`);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('A1.1.1.4');
    const headers = { 'if-none-match': page.headers.get('etag') ?? '' };
    expect((await fetch(page.url, { headers })).status).toBe(304);
    expect(page.headers.get('cache-control')).toContain('immutable');
    expect(page.headers.get('content-disposition')).toBe('inline; filename="processi-camerali-1-print.html"');
    const table = await fetch(`${address}/api/v1${map}/compare/1/1/raccordo.csv`);
    expect(table.headers.get('content-disposition')).toBe(
      'attachment; filename="processi-camerali-1-1-raccordo.csv"',
    );
  });

  test.each(['release-notes.html', 'release-notes.md', 'raccordo.csv', 'raccordo.xlsx', 'change-set.json'])(
    'caches ask again for %s of two revisions, which a history that is placed later changes',
    async (name) => {
      const answer = await fetch(`${address}/api/v1${map}/compare/1/1/${name}`);
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      const headers = { 'if-none-match': answer.headers.get('etag') ?? '' };
      expect((await fetch(answer.url, { headers })).status).toBe(304);
    },
  );

  test('revisions, and the changes of one, page by page', async () => {
    expect((await get(`${map}/revisions`)).items).toMatchObject([
      { revision: 1, changes: 453, effectiveDate: '2023-01-01' },
    ]);
    const { items, next } = await get(`${map}/revisions/1/changes?limit=450`);
    expect([items.length, next]).toEqual([450, 450]);
    expect((await get(`${map}/revisions/1/changes?after=450`)).items).toHaveLength(3);
  });

  test.each([
    ['export.csv', 'csv'],
    ['export.csv?variant=excel-it', 'csv'],
    ['export.xlsx?revision=1', 'xlsx'],
    ['edit.xlsx', 'xlsx'],
    ['edit.xlsx?lang=en', 'xlsx'],
    ['edit.xlsx?language=en', 'xlsx'],
  ])('%s re-imports to the published hash, and has a strong ETag', async (file, format) => {
    const { edition } = await seedFolder();
    const answer = await fetch(`${address}/api/v1${map}/${file}`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const { rows, findings } = await readFileRows(findFormat(format)?.open(edition, {}), [bytes]);
    expect(findings).toEqual([]);
    const { entries } = entriesOfRows('processi-camerali', edition, rows);
    expect(merkle('processi-camerali', entries.values()).root).toMatch(/^8e08f833/);

    const etag = answer.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"/);
    const again = await fetch(`${address}/api/v1${map}/${file}`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const second = new Uint8Array(await (await fetch(`${address}/api/v1${map}/${file}`)).arrayBuffer());
    expect(second).toEqual(bytes);
  });

  test('exports are complete', async () => {
    const csv = await (await fetch(`${address}/api/v1${map}/export.csv`)).text();
    expect(csv.split('\r\n')).toHaveLength(453 + 2);
    expect(csv).toContain('A1.1.1.4,5,A1.1.1,64,Definizione e assegnazione del Budget e degli obiettivi');
    expect((await get(`${map}/export.json`)).entries).toHaveLength(453);
  });

  test.each([
    [`${map}/entries/A1.1.1.99`, 404, 'entry-unknown'],
    [`${map}/entries/A1?revision=7`, 404, 'revision-unknown'],
    ['/schemes/altro/tree', 404, 'scheme-unknown'],
    [`${map}/entries?limit=0`, 400, 'invalid-request'],
    [`${map}/entries?cursor=x`, 400, 'invalid-request'],
    [`${map}/entries/%00`, 400, 'invalid-request'],
    [`${map}/revisions/99999999999/changes`, 400, 'invalid-request'],
    [`${map}/revisions/1/nodes/x`, 400, 'invalid-request'],
    [`${map}/revisions/1/nodes/00000000-0000-4000-8000-000000000000`, 404, 'entry-unknown'],
    ['/nothing', 404, 'not-found'],
  ])('%s is answered by a problem', async (path, status, code) => {
    const answer = await fetch(`${address}/api/v1${path}`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch('application/problem+json');
    expect(await read(answer)).toMatchObject({ type: `/problems/${code}`, status });
  });

  test('the API is described in OpenAPI 3.1', async () => {
    const document = await get('/openapi.json');
    expect(document.openapi).toBe('3.1.0');
    expect(JSON.stringify(document.paths['/api/v1/schemes/{scheme}/entries']?.['get'])).toMatch(
      /"name":"q"[^}]*"description":"The beginning of a code/,
    );
    const withoutAnswer = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { responses }]) => !/"(200|201|202)":\{[^}]*"content"/.test(JSON.stringify(responses)))
        .map(([method]) => `${method} ${path}`),
    );
    // An export is a file; its form is named by its content type.
    expect(withoutAnswer.filter((operation) => !operation.includes('export'))).toEqual([]);
  });
});

describe('writing', () => {
  test('nobody writes without a token, or without the role', async () => {
    const reader = await identityProvider.token(['reader']);
    for (const [method, path] of [
      ['POST', '/schemes'],
      ['POST', `${map}/drafts`],
      ['POST', `${map}/imports`],
      ['PATCH', '/drafts/00000000-0000-4000-8000-000000000000/entries'],
      ['POST', '/drafts/00000000-0000-4000-8000-000000000000/publication'],
      ['DELETE', '/drafts/00000000-0000-4000-8000-000000000000'],
    ] as const) {
      expect((await send(method, path, {})).status).toBe(401);
      expect((await send(method, path, {}, reader)).status).toBe(403);
    }
  });

  test('a draft is opened, edited, reviewed and published', async () => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    const edits = [{ op: 'change', entry: 'Z1.1.1.2', titles: { it: { official: 'Porti e interporti' } } }];
    expect((await send('PATCH', `/drafts/${draft.id}/entries`, { edits }, editor)).status).toBe(200);
    const review = await read(
      fetch(`${address}/api/v1/drafts/${draft.id}/review`, {
        headers: { authorization: `Bearer ${editor}` },
      }),
    );
    expect(review.changes).toMatchObject([{ kinds: ['retitled'] }]);
    const published = await publish(draft.id);
    expect(published.headers.get('server-timing')).toMatch(/^commit;desc="\d+\.\d{3}"$/);
    expect(await read(published)).toMatchObject({
      revision: 2,
      changes: 1,
      contentHash: review.contentHash,
    });
    expect((await get(`${map}/entries/Z1.1.1.2?revision=1`)).titles.it.official).toBe('Porti');
    expect((await get(`${map}/entries/Z1.1.1.2`)).titles.it.official).toBe('Porti e interporti');
    expect((await send('POST', `/drafts/${draft.id}/publication`, {}, approver)).status).toBe(409);
  });

  test('of two editors who saw one state the second is told, and changes nothing', async () => {
    const opened = await send('POST', `${map}/drafts`, {}, editor);
    const seen = opened.headers.get('etag') ?? '';
    const path = `/drafts/${(await read(opened)).id}/entries`;
    const edits = [{ op: 'change', entry: 'A1', titles: { it: { official: 'Uno' } } }];
    const first = await send('PATCH', path, { edits }, editor, seen);
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"2"']);
    const second = await send('PATCH', path, { edits }, editor, seen);
    expect([second.status, second.headers.get('etag')]).toEqual([412, '"2"']);
    expect((await send('PATCH', path, { edits }, editor, '"2"')).headers.get('etag')).toBe('"3"');
  });

  test('a draft is not changed by whoever does not say which state they saw', async () => {
    const { id } = await read(send('POST', `${map}/drafts`, {}, editor));
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${editor}` };
    for (const [method, path] of [
      ['PATCH', `/drafts/${id}/entries`],
      ['DELETE', `/drafts/${id}`],
    ] as const) {
      const body = JSON.stringify({ edits: [{ op: 'retire', entry: 'A1' }] });
      const answer = await fetch(`${address}/api/v1${path}`, { method, headers, body });
      expect(await read(answer)).toMatchObject({ type: '/problems/if-match-missing', status: 428 });
    }
  });

  test('a draft that is edited by hand brings an edition of no file', async () => {
    const scheme = { id: 'a-mano', titles: { it: 'A mano' }, languages: ['it'] };
    await send('POST', '/schemes', scheme, administrator);
    const edition = {
      label: 'Prima',
      titles: { it: 'A mano' },
      effectiveDate: '2026-01-01',
      levels: [{ depth: 1, names: { it: 'voce' }, pattern: '[A-Z]' }],
    };
    const opened = await read(await send('POST', '/schemes/a-mano/drafts', { edition }, editor));
    expect(opened).toMatchObject({ state: 'open', edition: 'Prima' });
  });

  test('a document is imported into a new scheme; a damaged one changes nothing and is answered with every problem', async () => {
    const { edition, corrections, document } = await seedFolder();
    await send(
      'POST',
      '/schemes',
      { id: 'prova', titles: { it: 'Prova' }, languages: ['it'] },
      administrator,
    );
    const text = Buffer.from(document).toString();
    const damaged = text.replace('A1.1.1.2 ', 'A1.1.1.X ').replace('C1.1.1 Istruttoria', 'Istruttoria');
    const refused = await send(
      'POST',
      '/schemes/prova/imports',
      { edition, corrections, document: damaged },
      editor,
    );
    expect(refused.status).toBe(422);
    const { problems } = await read(refused);
    expect(problems.map(({ rule, line }) => `${rule}@${line}`)).toEqual([
      'cell-without-code@15',
      'cell-without-code@134',
      'parent-missing@134',
      'parent-missing@135',
      'parent-missing@136',
      'parent-missing@137',
      'differs-from-review@undefined',
      'differs-from-review@undefined',
    ]);
    const accepted = await send(
      'POST',
      '/schemes/prova/imports',
      { edition, corrections, document: text },
      editor,
    );
    const { draft, report } = await read(accepted);
    expect(report.length).toBeGreaterThan(100);
    expect(await read(publish(draft.id))).toMatchObject({
      revision: 1,
      changes: 453,
    });
  });

  test('bad bodies are refused with everything that is wrong', async () => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    const edits = [
      { op: 'change', entry: 'A9.9' },
      { op: 'retire', entry: 'A1', successors: ['Q1'] },
      { op: 'create', code: 'A1.7.1', titles: {} },
    ];
    const refused = await read(send('PATCH', `/drafts/${draft.id}/entries`, { edits }, editor));
    expect(refused.problems.map(({ path }) => path)).toEqual([
      'edits[0].entry',
      'edits[1].successors[0]',
      'edits[2].code',
    ]);
    expect(
      (await send('PATCH', `/drafts/${draft.id}/entries`, { edits: [{ op: 'burn' }] }, editor)).status,
    ).toBe(400);
    expect(
      (await send('POST', `${map}/imports`, { edition: 1, document: 'x'.repeat(3_000_000) }, editor)).status,
    ).toBe(413);
  });

  test.each([
    ['a text with NUL', { op: 'change', entry: 'A1', titles: { it: { official: 'a\u0000b' } } }, 400],
    ['half a character', { op: 'change', entry: 'A1', titles: { it: { official: 'a\ud800b' } } }, 400],
    [
      'a number beyond every column',
      { op: 'create', code: 'A1.1.1.9999999999', titles: { it: { official: 'x' } } },
      200,
    ],
  ])('%s is no reason to fail', async (_, edit, status) => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    expect((await send('PATCH', `/drafts/${draft.id}/entries`, { edits: [edit] }, editor)).status).toBe(
      status,
    );
  });

  test.each([
    [
      'below an activity',
      { op: 'create', code: null, parent: 'A1.1.1.1', titles: { it: { official: 'x' } } },
      'too-deep',
    ],
    [
      'without a code where its level has one',
      { op: 'create', code: null, parent: 'A1', titles: { it: { official: 'x' } } },
      'code-missing',
    ],
    [
      'with invisible characters',
      { op: 'change', entry: 'A1', titles: { it: { official: 'a\u202eb' } } },
      'text-form',
    ],
    [
      'with a note in markup',
      { op: 'change', entry: 'A1', notes: { it: { includes: '<b>x</b>' } } },
      'text-form',
    ],
  ])('an entry %s is not published', async (_, edit, rule) => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    await send('PATCH', `/drafts/${draft.id}/entries`, { edits: [edit] }, editor);
    const { problems } = await read(submit(draft.id));
    expect(problems.map((problem) => problem.rule)).toContain(rule);
  });

  test('a chain of thousands of entries is refused at once', async () => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    const id = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
    const edits = Array.from({ length: 5_000 }, (_, i) => ({
      op: 'create',
      conceptId: id(i),
      code: null,
      parent: i === 0 ? 'A1' : id(i - 1),
      titles: { it: { official: 'x' } },
    }));
    expect((await send('PATCH', `/drafts/${draft.id}/entries`, { edits }, editor)).status).toBe(200);
    const refused = await read(submit(draft.id));
    expect(refused.problems.some(({ rule }) => rule === 'too-deep')).toBe(true);
  });

  test('an identity in capitals is the same identity, and one of another scheme is refused', async () => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    const conceptId = 'ABCDEF00-0000-4000-8000-00000000ABCD';
    const edits = [{ op: 'create', conceptId, code: 'Z1.1.1.4', titles: { it: { official: 'Altro' } } }];
    expect((await send('PATCH', `/drafts/${draft.id}/entries`, { edits }, editor)).status).toBe(200);
    expect((await publish(draft.id)).status).toBe(200);
    const other = await read(send('POST', '/schemes/prova/drafts', {}, editor));
    const stolen = [
      {
        op: 'create',
        conceptId: conceptId.toLowerCase(),
        code: 'Z1.1.1.4',
        titles: { it: { official: 'x' } },
      },
    ];
    const refused = await read(send('PATCH', `/drafts/${other.id}/entries`, { edits: stolen }, editor));
    expect(refused.problems).toMatchObject([{ rule: 'entry-exists' }]);
  });

  test('a publication for a day before the base is refused', async () => {
    const draft = await read(send('POST', `${map}/drafts`, {}, editor));
    const edits = [{ op: 'change', entry: 'A1', titles: { it: { official: 'Altro' } } }];
    await send('PATCH', `/drafts/${draft.id}/entries`, { edits }, editor);
    expect(await read(publish(draft.id, { effectiveDate: '2001-01-01' }))).toMatchObject({
      type: '/problems/date-before-base',
    });
  });

  test('what is written is in the audit log, for auditors only', async () => {
    const auditor = await identityProvider.token(['auditor'], { sub: 'auditor', name: 'Ada' });
    const audit = (token: string) =>
      fetch(`${address}/api/v1/audit?limit=1000`, { headers: { authorization: `Bearer ${token}` } });
    expect((await audit(editor)).status).toBe(403);
    const { items } = await read(audit(auditor));
    const actions = new Set(items.map(({ action }) => action));
    for (const action of [
      'scheme-created',
      'draft-opened',
      'draft-edited',
      'draft-submitted',
      'draft-approved',
    ])
      expect(actions).toContain(action);
    expect(actions).toContain('revision-published');
  });
});
