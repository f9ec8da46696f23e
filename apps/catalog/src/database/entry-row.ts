import { sql } from '#platform';
import type { Entry, Hash } from '#taxonomy';

/** Columns that make an entry, from a table with the alias `e`. Read as `EntryRow`. */
export const entryColumns = sql`e.concept_id as "conceptId", e.code, e.parent_id as "parentId", e.rank, e.titles, e.notes, e.attributes`;

/**
 * Hash of the Merkle node of an entry `e`, beside its row `s` of `subtree`. Only what has children has such a row: the node of
 * an entry alone is the hash of what it says (`nodeHash` of the taxonomy).
 */
export const nodeHash = sql`encode(coalesce(s.hash, sha256(e.content_hash)), 'hex')`;

export type EntryRow = Entry;

/** An entry with its stored hashes. */
export interface HashedEntryRow extends EntryRow {
  readonly contentHash: Hash;
  readonly nodeHash: Hash;
}
