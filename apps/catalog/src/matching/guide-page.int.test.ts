import { readFileSync } from 'node:fs';
import { isRefusal } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { exportCsv } from '../export/export-csv.ts';
import { findRevision } from '../reading/find-revision.ts';
import { catalogApp, whenRead, type CatalogApp } from '../testing/catalog-app.ts';
import { publishSeed } from '../testing/seed.ts';

const scheme = 'processi-camerali';
const guide = readFileSync('docs/import-guide.md', 'utf8');
const section = guide.slice(guide.indexOf('\n## Decisions'), guide.indexOf('\n**Application.**'));
/** The concept of the row that the guide's example takes out of the file. */
const missing = '58cdfc16-7f15-541d-baee-e7908ccedb9f';
const bodies = [...section.matchAll(/`(\{.*?\})`/g)].map(([, body = '']) =>
  body.replaceAll(/<(concept )?id>/g, missing),
);

let app: CatalogApp;
let address: string;
beforeAll(async () => {
  app = await catalogApp();
  await publishSeed(app.catalog.db);
  const found = await findRevision(app.catalog.db.manager, scheme, 1);
  if (isRefusal(found)) throw new Error(found.title.english);
  let csv = '';
  for await (const piece of exportCsv(app.catalog.db, found, 'standard')) csv += piece;
  const lines = csv.split('\n').filter((line) => !line.includes(',A1.1.1.5,'));
  const file = [...lines, ',A1.1.1.7,,A1.1.1,,Sistema di misurazione e valutazione,,,\n'].join('\n');
  const made = await app.call('POST', `/schemes/${scheme}/imports`, { format: 'csv' });
  const { id } = z.object({ id: z.string() }).parse(made.body);
  address = `/imports/${id}`;
  await app.put(`${address}/file`, new Blob([file]).stream());
  expect(await whenRead(app, id)).toMatchObject({ state: 'matching' });
});
afterAll(() => app.close());

test('every body in the tables of the import guide is taken, one after the other', async () => {
  expect(bodies).toHaveLength(7);
  for (const body of bodies) {
    const sent: unknown = JSON.parse(body);
    const isBulk = z.object({ accept: z.string() }).safeParse(sent).success;
    const answer = isBulk
      ? await app.call('POST', `${address}/decisions/bulk`, sent)
      : await app.call('POST', `${address}/decisions`, { decisions: [sent] });
    expect({ sent, answered: answer }).toMatchObject({ answered: { status: 200 } });
  }
});
