import { areSame } from './difference.ts';
import type { ConceptId, Entries, Entry } from './entry.ts';
import { groupByParent } from './hash.ts';
import { keptInOrder } from './kept-in-order.ts';

/**
 * Concepts that stayed below one parent and changed their order: the fewest whose removal leaves the others in order;
 * of those, rather ones that have another difference.
 * Ranks alone may differ without being a change, unless the old ones beside the new ones would not give the new order.
 */
export function reorderedConcepts(base: Entries, next: Entries): Set<ConceptId> {
  const before = groupByParent(base.values());
  const reordered = new Set<ConceptId>();
  for (const [parentId, siblings] of groupByParent(next.values())) {
    const old = before.get(parentId);
    if (!old) continue;
    const isSameOrder = haveEqualOrder(old, siblings);
    if (isSameOrder && siblings.every(({ rank }, i) => rank === old[i]?.rank)) continue;
    if (!isSameOrder) {
      const order = new Map(old.map(({ conceptId }, i) => [conceptId, i]));
      const stayed = siblings.filter(({ conceptId }) => order.has(conceptId));
      const places = stayed.map(({ conceptId }) => order.get(conceptId) ?? 0);
      const kept = keptInOrder(places, (i) => isSame(old[places[i] ?? 0], stayed[i]));
      stayed.forEach(({ conceptId }, i) => kept.has(i) || reordered.add(conceptId));
    }
    const were = isSameOrder ? old : siblings.map(({ conceptId }) => base.get(conceptId));
    if (!isReached(siblings, were, reordered))
      siblings.forEach(({ conceptId, rank }, i) => {
        const was = were[i];
        if (was?.parentId === parentId && was.rank !== rank) reordered.add(conceptId);
      });
  }
  return reordered;
}

const isSame = (was: Entry | undefined, is: Entry | undefined): boolean =>
  was !== undefined && is !== undefined && areSame(was, is);

function haveEqualOrder(old: readonly Entry[], siblings: readonly Entry[]): boolean {
  return (
    old.length === siblings.length && siblings.every(({ conceptId }, i) => conceptId === old[i]?.conceptId)
  );
}

/**
 * Whether the new order comes about when only what differs otherwise gets its new rank.
 * @param were the same concepts before
 */
function isReached(
  siblings: readonly Entry[],
  were: readonly (Entry | undefined)[],
  reordered: ReadonlySet<ConceptId>,
): boolean {
  let [lastRank, lastId] = [-Infinity, ''];
  return siblings.every((sibling, i) => {
    const { conceptId, rank } = sibling;
    const was = were[i];
    const isKept = was && areSame(was, sibling) && !reordered.has(conceptId);
    const reached = isKept ? was.rank : rank;
    const isInOrder = reached > lastRank || (reached === lastRank && conceptId > lastId);
    [lastRank, lastId] = [reached, conceptId];
    return isInOrder;
  });
}
