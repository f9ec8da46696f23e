import type { Edit, Edition } from '#contracts';
import { inTransaction, orProblem, run, sql } from '#platform';
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
import { findRevision } from '../reading/find-revision.ts';
import { fileWords } from './file-words.ts';
import { searchEntries } from './search-entries.ts';

let catalog: CatalogDatabase;
beforeAll(async () => {
  catalog = await catalogDatabase();
});
afterAll(() => catalog.close());

const levels = [1, 2].map((depth) => ({ depth, names: { it: `livello ${depth}` } }));
const edition: Edition = { ...sealingEdition, levels };
const create = (parent: string | null, official: string): Edit & { conceptId: string } => ({
  op: 'create',
  conceptId: conceptIdFrom(randomUUID()),
  code: null,
  parent,
  titles: { it: { official } },
});

async function newScheme(id: string): Promise<string> {
  await catalog.db.manager.insert(SchemeRow, { id, titles: { it: id }, languages: ['it'] });
  return id;
}

async function publishEdits(schemeId: string, edits: Edit[]): Promise<void> {
  const { db } = catalog;
  const draft = orProblem(
    await inTransaction(db, (transaction) => openDraft(transaction, schemeId, editor, { edition })),
  );
  orProblem(await editDraft(db, draft.id, edits, editor));
  orProblem(await publishDraft(db, draft.id));
}

async function titlesFound(schemeId: string, number: number, q: string): Promise<(string | undefined)[]> {
  const { db } = catalog;
  const revision = orProblem(await findRevision(db.manager, schemeId, number));
  const { items } = await searchEntries(db, revision, { q, limit: 50 });
  return items.map(({ titles }) => titles['it']?.official);
}

test('entries without codes that share a rank stand in one order, so that pages name each of them once', async () => {
  const { db } = catalog;
  const schemeId = await newScheme('prodotti');
  const tops = Array.from({ length: 60 }, (_, i) => create(null, `Reparto ${i}`));
  const below = tops.map(({ conceptId }, i) => create(conceptId, `Prodotto ${i}`));
  await publishEdits(schemeId, [...tops, ...below]);
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

test.each([
  ['before they are filed', 'servizi', false],
  ['once they are filed', 'sportelli', true],
])('a revision is searched by the words that it had, %s', async (_, id, isFiled) => {
  const schemeId = await newScheme(id);
  const service = create(null, 'Sportello per le imprese');
  await publishEdits(schemeId, [service, create(null, 'Sportello per i cittadini')]);
  const titles = { it: { official: 'Ufficio delle start-up' } };
  await publishEdits(schemeId, [{ op: 'change', entry: service.conceptId, titles }]);
  if (isFiled) await fileWords(catalog.db);
  expect(await filedOf(schemeId)).toBe(isFiled ? 3 : 0);
  expect(await titlesFound(schemeId, 2, 'ufficio')).toEqual(['Ufficio delle start-up']);
  expect(await titlesFound(schemeId, 2, 'impresa')).toEqual([]);
  expect(await titlesFound(schemeId, 1, 'impresa')).toEqual(['Sportello per le imprese']);
  expect(await titlesFound(schemeId, 1, 'ufficio')).toEqual([]);
  expect(await titlesFound(schemeId, 2, 'sportello')).toEqual(['Sportello per i cittadini']);
});

test('words are filed once, by several processes at once, and after one was stopped', async () => {
  const { db } = catalog;
  const schemeId = await newScheme('uffici');
  await publishEdits(schemeId, [create(null, 'Protocollo'), create(null, 'Personale')]);
  const stopping = new AbortController();
  await fileWords(db, { signal: stopping.signal, turned: () => stopping.abort() });
  expect(await filedOf(schemeId)).toBe(0);
  await Promise.all([fileWords(db), fileWords(db)]);
  expect(await filedOf(schemeId)).toBe(2);
  await fileWords(db);
  expect(await filedOf(schemeId)).toBe(2);
});

async function filedOf(schemeId: string): Promise<number | undefined> {
  const [row] = await run<{ filed: number }>(
    catalog.db,
    sql`
    select count(*)::int as filed from entry_words w join entry e using (concept_id, from_revision)
    where e.scheme_id = ${schemeId}`,
  );
  return row?.filed;
}
