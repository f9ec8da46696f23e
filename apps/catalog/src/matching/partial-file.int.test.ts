import { editionSchema } from '#contracts';
import { isRefusal, run, sql } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { reviewDraft } from '../drafts/review-draft.ts';
import { catalogApp, importFile, type CatalogApp } from '../testing/catalog-app.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { publishSeed } from '../testing/seed.ts';

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
  findings: z.array(z.object({ rule: z.string(), severity: z.string() })),
});
async function imported(scheme: string, file: string, asked: object = { options: { partial: true } }) {
  return answerSchema.parse(await importFile(app, scheme, { format: 'csv', ...asked }, file));
}
async function changesOf(draftId: string | null) {
  const draft = await app.catalog.db.manager.findOneByOrFail(DraftRow, { id: draftId ?? '' });
  const { changes } = await reviewDraft(app.catalog.db, draft);
  return changes.map(({ kinds, after }) => [after?.code ?? after?.titles['it']?.official, ...kinds]);
}

test('on the real map, a row without a parent column changes what it says and stays below its heading', async () => {
  const titles = await run<{ code: string; title: string }>(
    app.catalog.db,
    sql`select code, titles -> 'it' ->> 'official' as title from entry
      where code in ('A1', 'A1.1.1.1') and to_revision is null order by code`,
  );
  const [top, activity] = titles.map(({ title }) => title);
  const read = await imported(
    'processi-camerali',
    `codice;titolo;comprende\nA1;${top};nota nuova\nA1.1.1.1;${activity} annuale;\n`,
  );
  expect(read.state).toBe('matching');
  const row = await app.call('GET', `/imports/${read.id}/rows/A1`);
  expect(row.body).toMatchObject({ how: 'automatic', labels: ['redefined'] });
  expect((await app.call('GET', `/imports/${read.id}/missing`)).body).toMatchObject({ items: [] });
  const bulk = { accept: 'first-proposals', minScore: 0.1, why: 'prova' };
  await app.call('POST', `/imports/${read.id}/decisions/bulk`, bulk);
  const applied = answerSchema.parse((await app.call('POST', `/imports/${read.id}/application`)).body);
  expect(await changesOf(applied.draft)).toEqual([
    ['A1', 'redefined'],
    ['A1.1.1.1', 'retitled'],
  ]);
});

test('in a map by path, a row names its entry by its titles, and nobody is asked about others', async () => {
  const levels = [1, 2, 3].map((depth) => ({ depth, names: { it: `${depth}` } }));
  const source = { file: 'p.csv', format: 'csv', language: 'it' };
  const about = { label: '2027', titles: { it: 'Prodotti' }, effectiveDate: '2026-01-01', source, levels };
  await app.catalog.db.manager.insert(SchemeRow, {
    id: 'prodotti',
    titles: { it: 'Prodotti' },
    languages: ['it'],
  });
  const paths = [
    'Animali',
    'Animali > Cani',
    'Animali > Cani > Cibo',
    'Animali > Gatti',
    'Animali > Gatti > Cibo',
  ];
  const whole = ['percorso', ...paths].join('\n');
  const first = await imported('prodotti', whole, { edition: editionSchema.parse(about) });
  const published = await publishDraft(app.catalog.db, first.draft ?? '', '2026-01-01');
  if (isRefusal(published)) throw new Error(JSON.stringify(published));

  for (const above of ['', 'Animali;\nAnimali > Cani;\n']) {
    const read = await imported('prodotti', `percorso;comprende\n${above}Animali > Cani > Cibo;crocchette\n`);
    expect(read).toMatchObject({ state: 'applied', findings: [] });
    expect(await changesOf(read.draft)).toEqual([['Cibo', 'redefined']]);
  }
  for (const [path, title] of [
    ['Animali > Gatti > Giochi', 'Giochi'],
    ['Cani', 'Cani'],
  ]) {
    const added = await imported('prodotti', `percorso;comprende\n${path};\n`);
    expect((await app.call('GET', `/imports/${added.id}/missing`)).body).toMatchObject({ items: [] });
    const decisions = [{ row: path, new: true }];
    await app.call('POST', `/imports/${added.id}/decisions`, { decisions, why: 'nuova' });
    const applied = answerSchema.parse((await app.call('POST', `/imports/${added.id}/application`)).body);
    expect(await changesOf(applied.draft)).toEqual([[title, 'created']]);
  }
  const ends = await imported('prodotti', 'percorso;variazione chiesta\nAnimali > Gatti > Cibo;cessare\n');
  expect((await app.call('GET', `/imports/${ends.id}/missing`)).body).toMatchObject({
    items: [{ asked: true, how: 'open' }],
  });
  expect(await app.call('POST', `/imports/${ends.id}/application`)).toMatchObject({
    status: 409,
    body: { problems: [{ message: expect.stringMatching(/^Cibo ends, as the file asks/) }] },
  });
});
