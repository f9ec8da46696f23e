import type { Edit, Edition } from '#contracts';
import { inTransaction, orProblem } from '#platform';
import { conceptIdFrom } from '#taxonomy';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { sealingEdition } from '../testing/sealing-map.ts';
import { findRevision } from './find-revision.ts';
import { searchEntries } from './search-entries.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

test('entries without codes that share a rank stand in one order, so that pages name each of them once', async () => {
  const { db } = catalog;
  const schemeId = 'prodotti';
  await db.manager.insert(SchemeRow, { id: schemeId, titles: { it: 'Prodotti' }, languages: ['it'] });
  const levels = [1, 2].map((depth) => ({ depth, names: { it: `livello ${depth}` } }));
  const edition: Edition = { ...sealingEdition, levels };
  const create = (parent: string | null, official: string): Edit & { conceptId: string } => ({
    op: 'create',
    conceptId: conceptIdFrom(randomUUID()),
    code: null,
    parent,
    titles: { it: { official } },
  });
  const tops = Array.from({ length: 60 }, (_, i) => create(null, `Reparto ${i}`));
  const below = tops.map(({ conceptId }, i) => create(conceptId, `Prodotto ${i}`));
  const draft = orProblem(
    await inTransaction(db, (transaction) => openDraft(transaction, schemeId, editor, { edition })),
  );
  orProblem(await editDraft(db, draft.id, [...tops, ...below], editor));
  orProblem(await publishDraft(db, draft.id));
  const revision = orProblem(await findRevision(db.manager, schemeId, 1));
  for (const q of [undefined, 'Prodotto']) {
    const named: string[] = [];
    for (let cursor: string | null = '0'; cursor !== null;) {
      const page = await searchEntries(db, revision, { q, cursor, limit: 7 });
      named.push(...page.items.map(({ conceptId }) => conceptId));
      cursor = page.next;
    }
    expect(new Set(named).size).toBe(named.length);
    expect(named).toHaveLength(q === undefined ? 120 : 60);
  }
});
