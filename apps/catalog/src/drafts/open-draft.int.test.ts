import { inTransaction, isRefusal } from '#platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit } from '../audit/append-audit.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishSeed } from '../testing/seed.ts';
import { openDraft } from './open-draft.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
  await publishSeed(catalog.db);
});
afterAll(() => catalog.close());

test('nobody waits for the audit log while a draft is filled', async () => {
  const { db } = catalog;
  const act = { actor: editor, action: 'draft-discarded', subject: 'draft/other' } as const;
  const opened = await inTransaction(db, (transaction) =>
    openDraft(transaction, 'processi-camerali', editor, undefined, async () => {
      await inTransaction(db, (other) => appendAudit(other, act));
    }),
  );
  expect(isRefusal(opened)).toBe(false);
});
