import { sql, type Sql } from '#platform';
import type { Entry, Hash } from '#taxonomy';

/** Columns that make an entry, from a table with the alias `e`. Read as `EntryRow`. */
export const entryColumns = sql`e.concept_id as "conceptId", e.code, e.parent_id as "parentId", e.rank, e.titles, e.notes, e.attributes`;

/** Joins the rows of `subtree`, as `s`, to entries `e` of a revision; of the map in force when it is left out. */
export function besideNodes(revision?: number): Sql {
  const isThere =
    revision === undefined
      ? sql`s.to_revision is null`
      : sql`s.from_revision <= ${revision} and (s.to_revision is null or s.to_revision > ${revision})`;
  return sql`left join subtree s on s.concept_id = e.concept_id and ${isThere}`;
}

/**
 * Hash of the Merkle node of an entry, behind `besideNodes`. Only what has children has a row there: the node of an entry alone
 * is the hash of what it says (`nodeHash` of the taxonomy).
 */
export const nodeHash = sql`encode(coalesce(s.hash, sha256(e.content_hash)), 'hex')`;

export type EntryRow = Entry;

/** An entry with its stored hashes. */
export interface HashedEntryRow extends EntryRow {
  readonly contentHash: Hash;
  readonly nodeHash: Hash;
}
