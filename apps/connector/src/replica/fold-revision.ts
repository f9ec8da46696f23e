import { rehash, type ConceptId, type Hash, type MerkleChild } from '#taxonomy';
import { run, runCount, sql, type Executor } from '#platform';

/** A revision whose base is applied and whose changes are all there. */
export interface ReadyRevision {
  readonly scheme: string;
  readonly number: number;
  readonly contentHash: Hash;
}

/**
 * Applies the received changes of one revision to the replica, and computes the hash of the whole map from what
 * changed. To be called in a transaction, which the caller rolls back when the hash is not the published one.
 * @returns the hash that the replica has now
 */
export async function foldRevision(transaction: Executor, revision: ReadyRevision): Promise<Hash> {
  await closeEntries(transaction, revision);
  await openEntries(transaction, revision);
  const { nodes, root } = rehash(revision.scheme, ...(await readTouchedTree(transaction, revision)));
  await writeNodes(transaction, revision.scheme, nodes);
  await runCount(
    transaction,
    sql`delete from received_change where scheme = ${revision.scheme} and revision = ${revision.number}`,
  );
  await runCount(
    transaction,
    sql`update revision set applied_at = clock_timestamp(), problem = null, repair_at = null
        where scheme = ${revision.scheme} and number = ${revision.number}`,
  );
  return root;
}

async function closeEntries(transaction: Executor, { scheme, number }: ReadyRevision): Promise<void> {
  await runCount(
    transaction,
    sql`with closed as (
          update entry e set to_revision = ${number}
          from received_change c
          where c.scheme = ${scheme} and c.revision = ${number}
            and e.concept_id = c.concept_id and e.to_revision is null
          returning e.concept_id)
        delete from node where concept_id in (select concept_id from closed)`,
  );
}

async function openEntries(transaction: Executor, { scheme, number }: ReadyRevision): Promise<void> {
  await runCount(
    transaction,
    sql`insert into entry (scheme, concept_id, from_revision, code, parent_id, rank, level, titles, notes, attributes, content_hash)
        select c.scheme, c.concept_id, c.revision, a.code, a."parentId", a.rank, a.level, a.titles, a.notes, a.attributes, c.content_hash
        from received_change c, jsonb_to_record(c.after) as a(
          code text, "parentId" uuid, rank int, level int, titles jsonb, notes jsonb, attributes jsonb)
        where c.scheme = ${scheme} and c.revision = ${number} and c.after is not null`,
  );
}

/**
 * What `rehash` takes: the changed concepts with all their ancestors, old and new; and the children of each. Two
 * statements, because after a large change the planner has no statistics, and an array never makes it join row by row.
 */
async function readTouchedTree(
  transaction: Executor,
  { scheme, number }: ReadyRevision,
): Promise<[Set<ConceptId>, MerkleChild[]]> {
  const touched = await run<{ id: ConceptId }>(
    transaction,
    sql`with recursive touched(id) as (
          (select concept_id from entry where scheme = ${scheme} and from_revision = ${number}
           union
           select parent_id from entry where scheme = ${scheme} and to_revision = ${number} and parent_id is not null)
          union
          select e.parent_id from touched t join entry e on e.concept_id = t.id
          where e.to_revision is null and e.parent_id is not null)
        select id from touched`,
  );
  const ids = touched.map(({ id }) => id);
  const children = await run<MerkleChild>(
    transaction,
    sql`select e.concept_id as "conceptId", e.parent_id as "parentId", e.rank, e.content_hash as "contentHash",
          n.hash as "nodeHash"
        from entry e left join node n on n.concept_id = e.concept_id
        where e.scheme = ${scheme} and e.to_revision is null and (e.parent_id is null or e.parent_id = any(${ids}::uuid[]))`,
  );
  return [new Set(ids), children];
}

async function writeNodes(
  transaction: Executor,
  scheme: string,
  nodes: ReadonlyMap<ConceptId, Hash>,
): Promise<void> {
  await runCount(
    transaction,
    sql`insert into node (scheme, concept_id, hash)
        select ${scheme}, * from unnest(${[...nodes.keys()]}::uuid[], ${[...nodes.values()]}::text[])
        on conflict (concept_id) do update set hash = excluded.hash`,
  );
}
