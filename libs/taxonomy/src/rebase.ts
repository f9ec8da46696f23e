import type { ConceptId, Entries, Entry } from './entry.ts';
import { compareEntries } from './difference.ts';
import { mergeEntry, type FieldConflict } from './merge-entry.ts';

/** What a draft changes: the next state of each concept that it touches, and those that it retires. */
export interface Edits {
  readonly entries: Entries;
  readonly retired: ReadonlySet<ConceptId>;
}

export interface Rebased extends Edits {
  /** Fields that both sides changed; `entries` holds the draft's own value. */
  readonly conflicts: readonly (FieldConflict & { readonly conceptId: ConceptId })[];
  /** Concepts that the draft changes and the new base retired; they stay in `entries`, as the draft has them. */
  readonly retiredThere: readonly ConceptId[];
  /** Concepts that the draft retires and the new base changed; they stay retired. */
  readonly changedThere: readonly ConceptId[];
}

/**
 * A draft on a newer base: what only one side changed is taken from it, and what both changed is told, for a person.
 * @param edits what the draft changes on `oldBase`
 * @param oldBase at least the concepts that the draft touches, as they were when it was opened
 * @param newBase the same concepts as they are now
 */
export function rebase(edits: Edits, oldBase: Entries, newBase: Entries): Rebased {
  const entries = new Map<ConceptId, Entry>();
  const conflicts: (FieldConflict & { conceptId: ConceptId })[] = [];
  const retiredThere: ConceptId[] = [];
  for (const [conceptId, mine] of edits.entries) {
    const [before, theirs] = [oldBase.get(conceptId), newBase.get(conceptId)];
    if (before && !theirs) retiredThere.push(conceptId);
    const merged = theirs && mergeEntry(before ?? null, mine, theirs);
    entries.set(conceptId, merged?.entry ?? mine);
    for (const conflict of merged?.conflicts ?? []) conflicts.push({ conceptId, ...conflict });
  }
  const retired = new Set([...edits.retired].filter((id) => newBase.has(id)));
  const changedThere = [...retired].filter((id) => {
    const [before, theirs] = [oldBase.get(id), newBase.get(id)];
    return before !== undefined && theirs !== undefined && compareEntries(before, theirs) !== 0;
  });
  return { entries, retired, conflicts, retiredThere, changedThere };
}
