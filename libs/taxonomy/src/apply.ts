import type { Change } from './change.ts';
import type { ConceptId, Entries, Entry } from './entry.ts';

/** The map after a change set: `apply(diff(a, b), a) = b`. Reverse the set to go back. */
export function apply(changes: Iterable<Change>, base: Entries): Map<ConceptId, Entry> {
  const next = new Map(base);
  for (const { conceptId, after } of changes) {
    if (after) next.set(conceptId, entryFrom(after));
    else next.delete(conceptId);
  }
  return next;
}

/** The entry alone, without what places it or whatever else a message carries. */
export function entryFrom({ conceptId, code, parentId, rank, titles, notes, attributes }: Entry): Entry {
  return { conceptId, code, parentId, rank, titles, notes, attributes };
}
