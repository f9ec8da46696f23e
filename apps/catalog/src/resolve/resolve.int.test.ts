import 'reflect-metadata';
import type { HistoryPlacement } from '#contracts';
import { createHttpApp, createLogger, type HttpApp } from '#platform';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IdentityProvider } from '../../../../test/support/identity-provider.ts';
import { AppModule } from '../app.module.ts';
import { catalogEnv } from '../config.ts';
import { addHistory } from '../history/add-history.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishSeed } from '../testing/seed.ts';
import { administrator, draftSynthetic2019, replaced2019 } from '../testing/synthetic-2019.ts';

let catalog: CatalogDatabase;
let identityProvider: IdentityProvider;
let app: HttpApp;
let resolve: string;
let token: string;

const scheme = 'processi-camerali';
const place = async (placement: HistoryPlacement): Promise<void> => {
  const draftId = await draftSynthetic2019(catalog.db, scheme, placement);
  const by = await administrator(catalog.db);
  const added = await addHistory(catalog.db, { schemeId: scheme, draftId, by });
  expect(added).toHaveProperty('number');
};

beforeAll(async () => {
  [catalog, identityProvider] = await Promise.all([catalogDatabase(), IdentityProvider.start()]);
  await publishSeed(catalog.db);
  const config = catalogEnv.parse({
    PORT: '0',
    DATABASE_URL: catalog.appUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: identityProvider.issuer,
  });
  const logger = createLogger('test', 'silent');
  app = await createHttpApp(AppModule.forRoot(config, logger), {
    name: 'catalog',
    host: '127.0.0.1',
    port: 0,
    logger,
    bodyLimitBytes: 1_024,
  });
  resolve = `${await app.start()}/api/v1/schemes/${scheme}/resolve`;
  token = await identityProvider.token(['reader']);
});
afterAll(async () => {
  await app.stop();
  await identityProvider.goAway();
  await catalog.close();
});

const ask = async (query: string): Promise<unknown> => (await fetch(`${resolve}?${query}`)).json();
const post = (type: string, body: string, query = ''): Promise<Response> =>
  fetch(`${resolve}?${query}`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${token}` },
    body,
  });
const lines = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

test('before the edition of 2019 is there, its day is refused in plain words', async () => {
  expect(await ask('code=A1.1.1.6&from=2019-06-01')).toMatchObject({
    type: '/problems/nothing-in-force',
    status: 422,
  });
});

describe('with the (synthetic) edition of 2019', () => {
  beforeAll(() => place(replaced2019));

  test.each(['0', '2019-06-01', 'Rev. 2019 (synthetic)'])(
    'A1.1.1.6 from %s is what the staffing plan is now',
    async (from) => {
      expect(await ask(`code=A1.1.1.6&from=${encodeURIComponent(from)}`)).toMatchObject({
        from: { revision: 0, edition: 'Rev. 2019 (synthetic)' },
        to: { revision: 1, edition: 'Rev. 2023' },
        status: 'renumbered',
        results: [{ code: 'A1.3.2.5' }],
        path: [
          { revision: 1, kind: 'renumbered', before: { code: 'A1.1.1.6' }, after: { code: 'A1.3.2.5' } },
        ],
      });
    },
  );

  test('the same code without an edition has two meanings, and none is picked', async () => {
    expect(await ask('code=A1.1.1.6')).toMatchObject({
      status: 'ambiguous',
      meant: null,
      choiceNeeded: true,
      results: [{ code: 'A1.3.2.5' }, { code: 'A1.1.1.6' }],
      meanings: [
        { from: 0, through: 0, status: 'renumbered', results: [{ code: 'A1.3.2.5' }] },
        { from: 1, through: null, status: 'unchanged', results: [{ code: 'A1.1.1.6' }] },
      ],
    });
  });

  test('a link that was stated is followed, and leads back', async () => {
    expect(await ask('code=A1.1.1.9&from=0')).toMatchObject({
      status: 'replaced',
      results: [{ code: 'A1.1.1.4' }],
    });
    expect(await ask('code=A1.1.1.4&from=1&to=0')).toMatchObject({
      status: 'replaced',
      results: [{ code: 'A1.1.1.9' }],
    });
  });

  test('what is unknown comes with what may have been meant, and when it was carried', async () => {
    expect(await ask('code=a1.1.1.4&from=1')).toMatchObject({ status: 'unknown', near: ['A1.1.1.4'] });
    expect(await ask('code=A1.1.1.9&from=1')).toMatchObject({
      status: 'unknown',
      carried: [{ from: 0, through: 0 }],
    });
  });

  test('a batch answers each item, and says of a bad one what is wrong', async () => {
    const body = JSON.stringify({
      items: ['A1.1.1.6', { code: 'A1.1.1.6', from: '1' }, { code: 'A1', from: 'x' }],
    });
    const answer: unknown = await (await post('application/json', body, 'from=0')).json();
    expect(answer).toMatchObject({
      items: [
        { status: 'renumbered' },
        { status: 'unchanged' },
        { code: 'A1', error: /neither a revision/ },
      ].map((item) => ('error' in item ? { ...item, error: expect.stringMatching(item.error) } : item)),
    });
  });

  test('NDJSON is answered line by line; a bad line is an answer of that line', async () => {
    const body =
      '{"code":"A1.1.1.6","id":12345678901234567890}\nnot json\n\n{"code":"A1.1.1.6","from":"2024-01-01"}';
    const text = await (await post('application/x-ndjson', body, 'from=0')).text();
    expect(text).toContain('"id":12345678901234567890,');
    expect(lines(text)).toMatchObject([
      { code: 'A1.1.1.6', resolved: { status: 'renumbered', results: [{ code: 'A1.3.2.5' }] } },
      { line: 2, resolved: { status: 'invalid' } },
      { from: '2024-01-01', resolved: { status: 'unchanged' } },
    ]);
  });

  test('CSV keeps the other columns to the letter, appends the answer, and is in UTF-8 whatever came', async () => {
    const header = 'Pratica;Codice;Data;Note\r\n';
    const rows = [
      '1;A1.1.1.6;2019-05-05;"due\r\nrighe"\r\n',
      '2;A1.1.1.6;2024-05-05;Città\r\n',
      '3;;2019-05-05;\r\n',
    ];
    const response = await fetch(`${resolve}?fromColumn=data`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
      body: Buffer.from(header + rows.join(''), 'latin1'),
    });
    const records = (await response.text()).split(/(?<=\r\n)(?=\d|$)/);
    expect(records[0]).toContain('Pratica;Codice;Data;Note;resolved_status;resolved_codes;');
    expect(records[1]).toContain('1;A1.1.1.6;2019-05-05;"due\r\nrighe";renumbered;A1.3.2.5;');
    expect(records[2]).toContain('2;A1.1.1.6;2024-05-05;Città;unchanged;A1.1.1.6;');
    expect(records[3]).toBe('3;;2019-05-05;;invalid;;;;The line has no code.\r\n');
  });

  test('CSV as Excel saves it in Italy: its encoding, its dates, short records, empty days, marks in a text', async () => {
    const body = [
      'Codice attività;Data;Nota',
      'A1.1.1.6;05/05/2019;dalle "Linee"',
      'A1.1.1.6;05/05/2024;monitor 12" nero',
      'A1.1.1.6;',
      'A1.1.1.6;"a;b";;;troppi',
      'A1.1.1.6;;;',
    ].join('\n');
    const response = await fetch(
      `${resolve}?fromColumn=data&column=${encodeURIComponent('codice attività')}`,
      {
        method: 'POST',
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${token}` },
        body: Buffer.from(body, 'latin1'),
      },
    );
    expect(response.status).toBe(200);
    expect((await response.text()).trim().split('\n').slice(1)).toEqual([
      expect.stringContaining('"Linee";renumbered;A1.3.2.5;'),
      expect.stringContaining('nero;unchanged;A1.1.1.6;'),
      expect.stringMatching(/^A1\.1\.1\.6;;;(ambiguous|renumbered|unchanged);/),
      'A1.1.1.6;"a;b";;invalid;;;;The record has 5 fields, the header has 3.;;troppi',
      'A1.1.1.6;;;invalid;;;;The record has 4 fields, the header has 3.;',
    ]);
  });

  test('a quotation mark that is never closed spoils its own record, or the header', async () => {
    const file = 'codice;nota\nA1;uno\nA2;"due\nA1.1;tre\n';
    const answered = await (await post('text/csv', file)).text();
    expect(answered.trim().split('\n').slice(1)).toEqual([
      expect.stringContaining('A1;uno;'),
      'A2;"due";invalid;;;;A quotation mark is opened and never closed.',
      expect.stringContaining('A1.1;tre;'),
    ]);
    const refused: unknown = await (await post('text/csv', 'codice;"nota\nA1;uno\n')).json();
    expect(refused).toMatchObject({ type: '/problems/csv-quotes', status: 422 });
    const inch = await (await post('text/csv', 'codice;12" di nota\nA1;uno\n')).text();
    expect(inch.split('\n')[1]).toContain('A1;uno;');
  });

  test("Excel's line that names the separator comes back before the header", async () => {
    const answered = await (await post('text/csv', '\ufeffsep=;\r\ncodice;nota, lunga\r\nA1;x\r\n')).text();
    const [sep, header, record] = answered.split('\r\n');
    expect(sep).toBe('sep=;');
    expect(header).toMatch(/^codice;nota, lunga;resolved_status;/);
    expect(record).toMatch(/^A1;x;(unchanged|ambiguous|split);/);
  });

  test('CSV without a column of codes is refused with the columns that it has', async () => {
    const refused: unknown = await (await post('text/csv', 'a,b\n1,2\n')).json();
    expect(refused).toMatchObject({
      type: '/problems/column-not-found',
      detail: expect.stringContaining('a, b'),
    });
    expect((await post('text/csv', 'a,b\nA1,2\n', 'column=a&from=1')).status).toBe(200);
  });

  test('many codes at once are for those who are signed in', async () => {
    expect((await fetch(resolve, { method: 'POST', body: '{}' })).status).toBe(401);
  });

  test('an edition that is added before all others is known to the next question', async () => {
    await place({ effectiveDate: '2015-01-01', links: [], nobody: [] });
    expect(await ask('code=A1.1.1.6&from=-1')).toMatchObject({ results: [{ code: 'A1.3.2.5' }] });
  });
});
