import type { Edition } from '#contracts';
import { json, run, sql, type Executor } from '#platform';
import { ancestorsOf, contentHash, type ConceptId, type Entries, type Hash } from '#taxonomy';

export interface HistoricalRevision {
  readonly schemeId: string;
  /** Below 1. */
  readonly number: number;
  readonly editionId: string;
  readonly effectiveDate: string;
  readonly contentHash: Hash;
  readonly by: string;
}

const rowsAtOnce = 5_000;

/** Writes a revision of history with its rows, each of which begins and ends with it. */
export async function writeHistory(
  db: Executor,
  { schemeId, number, editionId, effectiveDate, contentHash: root, by }: HistoricalRevision,
  map: Entries,
  {
    nodes,
    attributes,
  }: { readonly nodes: ReadonlyMap<ConceptId, Hash>; readonly attributes: Edition['attributes'] },
): Promise<void> {
  await run(
    db,
    sql`
    insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, published_by, changes)
    values (${schemeId}, ${number}, ${editionId}, ${effectiveDate}, decode(${root}, 'hex'), ${by}, 0)`,
  );
  const parents = new Set([...map.values()].map(({ parentId }) => parentId));
  // Parents first, because the database looks at each part that is written.
  const rows = [...map.values()]
    .map((entry) => ({ entry, depth: ancestorsOf(map, entry).length }))
    .sort((one, other) => one.depth - other.depth)
    .map(({ entry }) => ({
      ...entry,
      hash: `\\x${contentHash(entry, attributes)}`,
      node: parents.has(entry.conceptId) ? `\\x${nodes.get(entry.conceptId) ?? ''}` : null,
    }));
  for (let i = 0; i < rows.length; i += rowsAtOnce)
    await run(
      db,
      sql`
      with row as (
        select * from jsonb_to_recordset(${json(rows.slice(i, i + rowsAtOnce))}) as r("conceptId" uuid, code text,
          "parentId" uuid, rank int, titles jsonb, notes jsonb, attributes jsonb, hash bytea, node bytea)
      ), known as (
        insert into concept (id, scheme_id) select "conceptId", ${schemeId} from row on conflict (id) do nothing
      ), hashed as (
        insert into subtree (scheme_id, concept_id, from_revision, to_revision, hash)
        select ${schemeId}, "conceptId", ${number}, ${number + 1}, node from row where node is not null
      )
      insert into entry (scheme_id, concept_id, from_revision, to_revision, code, parent_id, rank, titles, notes, attributes, content_hash)
      select ${schemeId}, "conceptId", ${number}, ${number + 1}, code, "parentId", rank, titles, notes, attributes, hash
      from row`,
    );
}
