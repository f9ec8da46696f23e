import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction, run, sql } from '#platform';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { publishSeed } from '../testing/seed.ts';
import { baseEntryOf } from './base-entries.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

/** Ended entries by scheme look like nothing to whoever knows of none; when ten thousand have ended, that is read for each concept. */
test('the entry of a concept is found by its states, whatever is known of ended ones', async () => {
  const draft = { schemeId: 'processi-camerali', baseRevision: 1 };
  const plan = await inTransaction(catalog.db, async (transaction) => {
    await run(transaction, sql`analyze entry`);
    await run(transaction, sql`set local enable_seqscan = off`);
    return run<{ 'QUERY PLAN': string }>(
      transaction,
      sql`explain select e.code from (select concept_id as id from draft_entry) d cross join lateral ${baseEntryOf(draft, sql`d.id`)} e`,
    );
  });
  const text = plan.map((line) => line['QUERY PLAN']).join('\n');
  expect(text).toContain('entry_state');
  expect(text).not.toMatch(/entry_(ended_code|look|parent)/);
});
