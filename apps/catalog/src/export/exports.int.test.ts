import { run, sql } from '#platform';
import { merkle } from '#taxonomy';
import { Parser } from 'n3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { addHistory } from '../history/add-history.ts';
import { recogniseFormat } from '../imports/formats/index.ts';
import { readFileRows } from '../imports/testing/read-file-rows.ts';
import { catalogApp, whenRead, type CatalogApp } from '../testing/catalog-app.ts';
import { entriesOf } from '../testing/read-rows.ts';
import { seedFolder } from '../testing/seed.ts';
import { seededApi, type SeededApi } from '../testing/seeded-api.ts';
import {
  administrator,
  draftSynthetic2019,
  inventedConcept,
  replaced2019,
} from '../testing/synthetic-2019.ts';

const scheme = 'processi-camerali';
const seedHash = '8e08f8336191e92289426804618d3133205f6b458e7f52fbade2b3487edf9d53';
let published: SeededApi;
let empty: CatalogApp;

beforeAll(async () => {
  [published, empty] = await Promise.all([seededApi(), catalogApp()]);
  const { edition } = await seedFolder();
  const made = await empty.call('POST', '/schemes', {
    id: scheme,
    titles: edition.titles,
    languages: ['it'],
  });
  expect(made.status).toBe(201);
});
afterAll(() => Promise.all([published.close(), empty.close()]));

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${published.api}/schemes/${scheme}/${path}`, { headers });

describe.each([
  ['export.csv', 'csv'],
  ['export.csv?variant=excel-it', 'csv'],
  ['export.xlsx', 'xlsx'],
  ['edit.xlsx', 'xlsx'],
  ['export.json', 'json'],
  ['export.ttl', 'skos-turtle'],
  ['export.jsonld', 'skos-json-ld'],
])('%s of Rev. 2023', (path, format) => {
  test('makes a draft of the same content hash in a catalog that is empty', async () => {
    const file = await get(path);
    expect(file.status).toBe(200);
    const { edition } = await seedFolder();
    const made = await empty.call('POST', `/schemes/${scheme}/imports`, { edition, format });
    const { id } = z.object({ id: z.string() }).parse(made.body);
    const bytes = await file.blob();
    expect((await empty.put(`/imports/${id}/file`, bytes.stream())).status).toBe(202);
    const read = z.object({ draft: z.uuid() }).parse(await whenRead(empty, id));
    const review = await empty.call('GET', `/drafts/${read.draft}/review`);
    expect(review.body).toMatchObject({ contentHash: seedHash });
  });

  test('has a strong ETag, so that a second download costs nothing', async () => {
    const etag = (await get(path)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]+"$/);
    expect((await get(path, { 'if-none-match': etag })).status).toBe(304);
  });
});

describe('SKOS', () => {
  const skos = 'http://www.w3.org/2004/02/skos/core#';
  const dct = 'http://purl.org/dc/terms/';
  let statements: string[];
  let etag: string | null;

  beforeAll(async () => {
    etag = (await get('export.ttl?revision=1')).headers.get('etag');
    await addHistory(published.db, {
      schemeId: scheme,
      draftId: await draftSynthetic2019(published.db, scheme, replaced2019),
      by: await administrator(published.db),
    });
    const base = `${published.api}/schemes/${scheme}`;
    const quads = new Parser().parse(await (await get('export.ttl?revision=1')).text());
    statements = quads.map(({ subject, predicate, object }) =>
      [subject, predicate, object].map(({ value }) => value.replace(base, '')).join(' '),
    );
  });

  const conceptOf = async (code: string): Promise<string> => {
    const [found] = await run<{ id: string }>(
      published.db,
      sql`select concept_id as id from entry where code = ${code} and to_revision is null`,
    );
    return `/concepts/${found?.id}`;
  };

  test('tells of each concept its earlier codes, with their permanent addresses', async () => {
    const staffing = await conceptOf('A1.3.2.5');
    expect(statements).toContain(`${staffing} ${dct}hasVersion /editions/Rev.%202023/codes/A1.3.2.5`);
    expect(statements).toContain(
      `${staffing} ${dct}hasVersion /editions/Rev.%202019%20(synthetic)/codes/A1.1.1.6`,
    );
    expect(statements.find((statement) => statement.startsWith(`${staffing} ${skos}historyNote`))).toMatch(
      / Rev\. 2019 \(synthetic\): A1\.1\.1\.6 /,
    );
  });

  test('holds retired concepts too, marked as deprecated, with what replaces them', async () => {
    const [old, successor] = [`/concepts/${inventedConcept}`, await conceptOf('A1.1.1.4')];
    expect(statements).toContain(`${old} http://www.w3.org/2002/07/owl#deprecated true`);
    expect(statements).toContain(`${old} ${dct}isReplacedBy ${successor}`);
    expect(statements).toContain(`${successor} ${dct}replaces ${old}`);
    expect(statements.some((statement) => statement.startsWith(`${old} ${skos}inScheme`))).toBe(false);
  });

  test.each(['export.ttl', 'export.jsonld'])(
    'with a past is imported as the same map: %s leaves nothing but a note',
    async (path) => {
      const { edition } = await seedFolder();
      const read = recogniseFormat(path)?.open(edition, {});
      const { rows, findings } = await readFileRows(read, [await (await get(`${path}?revision=1`)).text()]);
      expect(findings).toMatchObject([{ rule: 'deprecated-left-out', severity: 'note' }]);
      expect(merkle(scheme, entriesOf(rows)).root).toBe(seedHash);
    },
  );

  test('gets another ETag when an edition of history is added', async () => {
    expect((await get('export.ttl?revision=1')).headers.get('etag')).not.toBe(etag);
  });

  test('tells of a revision of history what was known by then', async () => {
    const text = await (await get('export.jsonld?revision=0')).text();
    expect(text).toContain('A1.1.1.9');
    expect(text).not.toContain('isReplacedBy');
  });
});
