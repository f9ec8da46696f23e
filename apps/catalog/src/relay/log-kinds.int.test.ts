import { revisionEventTypes } from '#contracts';
import { run, sql } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

test('the change log takes what the contract has an event for, and nothing else', async () => {
  const [constraint] = await run<{ definition: string }>(
    catalog.db,
    sql`
    select pg_get_constraintdef(oid) as definition from pg_constraint
    where conname = 'change_log_kind' and connamespace = 'catalog'::regnamespace`,
  );
  const kinds = [...(constraint?.definition ?? '').matchAll(/'([a-z-]+)'/g)].map(([, kind]) => kind);
  expect(new Set(kinds)).toEqual(new Set(['change', ...Object.keys(revisionEventTypes)]));
});
