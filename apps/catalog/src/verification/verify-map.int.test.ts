import { randomUUID } from 'node:crypto';
import type { Edit, Edition } from '#contracts';
import { inTransaction, orProblem, run, sql } from '#platform';
import { conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogDataSource } from '../database/data-source.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { editDraft } from '../drafts/edit-draft.ts';
import { openDraft } from '../drafts/open-draft.ts';
import { catalogDatabase, type CatalogDatabase } from '../testing/catalog-database.ts';
import { editor } from '../testing/people.ts';
import { publishDraft } from '../testing/publish-draft.ts';
import { sealingEdition } from '../testing/sealing-map.ts';
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

describe('an entry with nothing below it', () => {
  test.each([
    ['has no Merkle node of its own', false],
    ['had one in a map that was published earlier', true],
  ])('%s, and fits the map when it gets a child and loses it again', async (_, hadNode) => {
    const { db } = catalog;
    const schemeId = hadNode ? 'prima' : 'ora';
    await db.manager.insert(SchemeRow, { id: schemeId, titles: { it: schemeId }, languages: ['it'] });
    const publishEdit = async (edit: Edit): Promise<void> => {
      const draft = orProblem(
        await inTransaction(db, (transaction) => openDraft(transaction, schemeId, editor, { edition })),
      );
      orProblem(await editDraft(db, draft.id, [edit], editor));
      orProblem(await publishDraft(db, draft.id));
    };
    const [top, child] = [conceptIdFrom(randomUUID()), conceptIdFrom(randomUUID())];
    await publishEdit({ op: 'create', conceptId: top, code: null, parent: null, titles: titled('Sopra') });
    if (hadNode) await storeNode(top);
    await publishEdit({ op: 'create', conceptId: child, code: null, parent: top, titles: titled('Sotto') });
    expect(await nodesInForce(schemeId)).toEqual([top]);
    await publishEdit({ op: 'retire', entry: child, successors: [] });
    expect(await nodesInForce(schemeId)).toEqual([]);
  });
});

const levels = [1, 2].map((depth) => ({ depth, names: { it: `livello ${depth}` } }));
const edition: Edition = { ...sealingEdition, levels };
const titled = (official: string): Entry['titles'] => ({ it: { official } });

/** As a catalog did that kept a node of each entry. */
async function storeNode(id: ConceptId): Promise<void> {
  const owner = await catalogDataSource(catalog.fresh.url).initialize();
  await run(owner, sql`alter table subtree disable trigger user`);
  await run(
    owner,
    sql`
    insert into subtree (scheme_id, concept_id, from_revision, hash)
    select scheme_id, concept_id, from_revision, sha256(content_hash) from entry where concept_id = ${id}`,
  );
  await run(owner, sql`alter table subtree enable trigger user`);
  await owner.destroy();
}

/** Concepts with a stored node, of a map whose hashes hold. */
async function nodesInForce(schemeId: string): Promise<ConceptId[]> {
  const verdict = await verifyMap(catalog.db, schemeId);
  expect(verdict).toMatchObject({ computed: verdict?.published, wrongNodes: [] });
  const rows = await run<{ id: ConceptId }>(
    catalog.db,
    sql`select concept_id as id from subtree where scheme_id = ${schemeId} and to_revision is null`,
  );
  return rows.map(({ id }) => id);
}
