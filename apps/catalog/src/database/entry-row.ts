import { sql } from '#platform';
import type { Entry, Hash } from '#taxonomy';

/** Columns that make an entry, from a table with the alias `e`. Read as `EntryRow`. */
export const entryColumns = sql`e.concept_id as "conceptId", e.code, e.parent_id as "parentId", e.rank, e.titles, e.notes, e.attributes`;

export type EntryRow = Entry;

/** An entry with its stored hashes; null where they are not known yet. */
export interface HashedEntryRow extends EntryRow {
  readonly contentHash: Hash;
  readonly nodeHash: Hash | null;
}
