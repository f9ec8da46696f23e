import { giveWay, run, sql, type Executor } from '#platform';
import { rehashInSteps, type ConceptId, type Hash, type MerkleChild } from '#taxonomy';
import { besideNodes, nodeHash } from '../database/entry-row.ts';

/**
 * Merkle root of a revision from the rows that this transaction wrote and the stored hashes beside them; stores the
 * nodes that changed and have others below them.
 */
export async function hashWritten(
  db: Executor,
  schemeId: string,
  { number, isFirst }: { readonly number: number; readonly isFirst: boolean },
): Promise<Hash> {
  const rows = isFirst ? await allRows(db, schemeId) : await touchedRows(db, schemeId, number);
  const dirty = new Set(rows.filter((row) => row.dirty).map(({ conceptId }) => conceptId));
  const { nodes, root } = await giveWay(rehashInSteps(schemeId, dirty, rows));
  if (!isFirst) await endNodes(db, schemeId, number, [...nodes.keys()]);
  const parents = new Set(rows.map(({ parentId }) => parentId));
  await storeNodes(
    db,
    schemeId,
    number,
    [...nodes].filter(([id]) => parents.has(id)),
  );
  return root;
}

type WrittenRow = MerkleChild & { readonly dirty: boolean };

/** Of a first revision, which is new from top to bottom: what has others below it is computed from them. */
function allRows(db: Executor, schemeId: string): Promise<WrittenRow[]> {
  return run<WrittenRow>(
    db,
    sql`
    with live as (select concept_id, parent_id, rank, content_hash from entry where scheme_id = ${schemeId} and to_revision is null)
    select e.concept_id as "conceptId", e.parent_id as "parentId", e.rank, encode(e.content_hash, 'hex') as "contentHash",
      ${nodeHash} as "nodeHash", e.concept_id in (select parent_id from live where parent_id is not null) as dirty
    from live e ${besideNodes()}`,
  );
}

/** The changed concepts with all their ancestors, old and new, and the children of each; by array, as surroundings are read. */
async function touchedRows(db: Executor, schemeId: string, number: number): Promise<WrittenRow[]> {
  const touched = await run<{ id: ConceptId }>(
    db,
    sql`
    with recursive dirty(id) as (
      (select concept_id from entry where scheme_id = ${schemeId} and from_revision = ${number}
       union select parent_id from entry
       where scheme_id = ${schemeId} and from_revision = ${number} and parent_id is not null
       union select parent_id from entry
       where scheme_id = ${schemeId} and to_revision = ${number} and parent_id is not null)
      union select e.parent_id from dirty join entry e on e.concept_id = dirty.id and e.to_revision is null
      where e.parent_id is not null
    )
    select id from dirty`,
  );
  const dirty = touched.map(({ id }) => id);
  const known = new Set(dirty);
  const rows = await run<MerkleChild>(
    db,
    sql`
    select e.concept_id as "conceptId", e.parent_id as "parentId", e.rank, encode(e.content_hash, 'hex') as "contentHash",
      ${nodeHash} as "nodeHash"
    from entry e
    ${besideNodes()}
    where e.to_revision is null
      and (e.parent_id = any(${dirty}::uuid[]) or (e.scheme_id = ${schemeId} and e.parent_id is null))`,
  );
  return rows.map((row) => ({ ...row, dirty: known.has(row.conceptId) }));
}

async function endNodes(
  db: Executor,
  schemeId: string,
  number: number,
  ids: readonly ConceptId[],
): Promise<void> {
  await run(
    db,
    sql`
    update subtree set to_revision = ${number}
    where to_revision is null and (concept_id = any(${ids}::uuid[])
      or concept_id in (select concept_id from entry where scheme_id = ${schemeId} and to_revision = ${number}))`,
  );
}

async function storeNodes(
  db: Executor,
  schemeId: string,
  number: number,
  nodes: readonly (readonly [ConceptId, Hash])[],
): Promise<void> {
  await run(
    db,
    sql`
    insert into subtree (scheme_id, concept_id, from_revision, hash)
    select ${schemeId}, id, ${number}, decode(hash, 'hex')
    from unnest(${nodes.map(([id]) => id)}::uuid[], ${nodes.map(([, hash]) => hash)}::text[]) as node(id, hash)
    order by id`,
  );
}
