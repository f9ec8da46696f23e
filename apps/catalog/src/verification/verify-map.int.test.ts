import { run, sql } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogDataSource } from '../database/data-source.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishSeed } from '../testing/seed.ts';
import { holds, verifyMap } from './verify-map.ts';

const scheme = 'processi-camerali';
let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

test('a map that was tampered with past the guards is found, with the nodes that do not fit', async () => {
  expect(await verifyMap(catalog.db, scheme)).toBeNull();
  await publishSeed(catalog.db);
  const sound = await verifyMap(catalog.db, scheme);
  expect(sound && holds(sound)).toBe(true);
  const owner = await catalogDataSource(catalog.fresh.url).initialize();
  await run(owner, sql`alter table entry disable trigger all`);
  await run(owner, sql`update entry set titles = '{"it": {"official": "Altro"}}' where code = 'A1.1.1.1'`);
  await owner.destroy();
  const verdict = await verifyMap(catalog.db, scheme);
  expect(verdict && holds(verdict)).toBe(false);
  // The entry, and what it stands below: A1.1.1, A1.1, A1 and the heading.
  expect(verdict?.wrongNodes).toHaveLength(5);
});
