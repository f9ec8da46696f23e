import { inTransaction, isRefusal, orProblem } from '#platform';
import type { Edit } from '#contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appendAudit } from '../audit/append-audit.ts';
import { addHistory } from '../history/add-history.ts';
import { decideHistory } from '../history/decide-history.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { DatabaseCatalog } from '../testing/database-catalog.ts';
import { editor } from '../testing/people.ts';
import { approveDraft } from '../testing/publish-draft.ts';
import { sealingEdition } from '../testing/sealing-map.ts';
import { firstMap } from '../testing/sealing-commands.ts';
import { publishSeed } from '../testing/seed.ts';
import { administrator } from '../testing/synthetic-2019.ts';
import { findDraft } from './find-draft.ts';
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

test('of an edition from before the lowest revision, it stands on that one, and takes nothing of what came since', async () => {
  const { db } = catalog;
  const map = await DatabaseCatalog.of(db, firstMap);
  const retitle = (official: string): Edit => ({
    op: 'change',
    entry: 'A1',
    titles: { it: { official }, en: { official: 'a1' } },
  });
  await map.publishOn(await map.approved([retitle('Di oggi')]), 1);
  const edition = { ...sealingEdition, label: '2019', effectiveDate: '2019-01-01' };
  const draftId = await map.draftWith(
    [{ op: 'change', entry: 'A2', notes: { it: { includes: 'di allora' } } }],
    { edition },
  );
  const placement = { effectiveDate: '2019-01-01', links: [], nobody: [] };
  orProblem(await decideHistory(db, { draftId, by: editor, ifMatch: '*' }, placement));
  orProblem(await approveDraft(db, draftId));
  orProblem(await addHistory(db, { schemeId: map.schemeId, draftId, by: await administrator(db) }));
  const placed = await readMapAt(db, { schemeId: map.schemeId, number: 0 });
  expect([...placed.values()].map(({ code, titles }) => [code, titles['it']?.official])).toContainEqual([
    'A1',
    'a1',
  ]);

  const later = { ...sealingEdition, label: '2028', effectiveDate: '2028-01-01' };
  const ahead = await map.draftWith([retitle('Di domani')], { edition: later });
  expect(await findDraft(db.manager, ahead)).toMatchObject({ baseRevision: 2 });
});
