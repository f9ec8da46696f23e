import type { ConceptId, Entries } from '../entry.ts';

/**
 * Which entries stand below themselves. All circles are found when the first entry is asked about, each entry being looked
 * at once, however deep they stand.
 */
export function circlesIn(entries: Entries): (id: ConceptId) => boolean {
  let found: ReadonlySet<ConceptId> | undefined;
  return (id) => (found ??= findCircles(entries)).has(id);
}

function findCircles(entries: Entries): Set<ConceptId> {
  const circles = new Set<ConceptId>();
  const walkOf = new Map<ConceptId, ConceptId>();
  for (const start of entries.keys()) {
    let id: ConceptId | null = start;
    for (; id !== null && !walkOf.has(id); id = entries.get(id)?.parentId ?? null) walkOf.set(id, start);
    // Back at an entry of this walk: from there on, round to it again, is a circle.
    if (id === null || walkOf.get(id) !== start) continue;
    for (; id !== null && !circles.has(id); id = entries.get(id)?.parentId ?? null) circles.add(id);
  }
  return circles;
}
