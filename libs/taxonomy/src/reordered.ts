import { isDeepStrictEqual } from 'node:util';
import type { ConceptId, Entries, Entry } from './entry.ts';
import { bySiblingOrder, groupByParent } from './hash.ts';
import { longestIncreasing } from './longest-increasing.ts';

/**
 * Concepts that stayed below one parent and changed their order: the fewest whose removal leaves the others in order.
 * Ranks alone may differ without being a change, unless the old ones beside the new ones would not give the new order.
 */
export function reorderedConcepts(base: Entries, next: Entries): Set<ConceptId> {
  const before = groupByParent(base.values());
  const reordered = new Set<ConceptId>();
  for (const [parentId, siblings] of groupByParent(next.values())) {
    const order = new Map(before.get(parentId)?.map(({ conceptId }, i) => [conceptId, i]));
    const stayed = siblings.filter(({ conceptId }) => order.has(conceptId));
    const kept = longestIncreasing(stayed.map(({ conceptId }) => order.get(conceptId) ?? 0));
    stayed.forEach(({ conceptId }, i) => kept.has(i) || reordered.add(conceptId));
    if (!isReached(siblings, base, reordered))
      for (const { conceptId, rank } of stayed)
        if (base.get(conceptId)?.rank !== rank) reordered.add(conceptId);
  }
  return reordered;
}

/** Whether the new order comes about when only what differs otherwise gets its new rank. */
function isReached(siblings: readonly Entry[], base: Entries, reordered: ReadonlySet<ConceptId>): boolean {
  const ranked = siblings.map((entry) => {
    const old = base.get(entry.conceptId);
    const isKept = old && !reordered.has(entry.conceptId) && saysTheSame(old, entry);
    return { ...entry, rank: isKept ? old.rank : entry.rank };
  });
  return ranked.every((entry, i) => i === 0 || bySiblingOrder(ranked[i - 1] ?? entry, entry) < 0);
}

function saysTheSame(old: Entry, entry: Entry): boolean {
  return (
    old.code === entry.code &&
    old.parentId === entry.parentId &&
    isDeepStrictEqual([old.titles, old.notes, old.attributes], [entry.titles, entry.notes, entry.attributes])
  );
}
