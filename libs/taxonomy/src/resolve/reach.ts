import type { HistoryIndex, IndexedLink } from './history-index.ts';
import type { WayThrough } from './way-through.ts';

/** Concepts that stand for what a concept meant, each with the revision in which it began to (backwards: ended). */
export interface Reach {
  readonly arrivals: ReadonlyMap<number, number>;
  /** Successions that were followed. */
  readonly links: readonly IndexedLink[];
  /** Successions on the way that were undone again, and so were not followed. */
  readonly undone: readonly IndexedLink[];
  readonly way: WayThrough;
}

/**
 * Follows successions from one revision to another, in either direction. A concept stays what it is, so the one asked
 * about is always among those reached, whether it is part of the map or not; a successor's own successions count only
 * after it took over. Each step goes on in time, so a circle of successions ends. What was undone between the two
 * revisions counts for nothing.
 */
export function reach(index: HistoryIndex, concept: number, from: number, to: number): Reach {
  const arrivals = new Map([[concept, from]]);
  const links = new Set<IndexedLink>();
  const undone = new Set<IndexedLink>();
  const isForward = from <= to;
  const way = index.undone.between(Math.min(from, to), Math.max(from, to));
  const waiting = [concept];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    const arrival = arrivals.get(current) ?? from;
    for (const link of index.successionsOf(current, isForward ? 'forward' : 'backward')) {
      const { revision } = link;
      if (isForward ? revision <= arrival || revision > to : revision > arrival || revision <= to) continue;
      if (way.isUndone(link)) {
        undone.add(link);
        continue;
      }
      links.add(link);
      const next = isForward ? link.successor : link.predecessor;
      const nextArrival = isForward ? revision : revision - 1;
      const known = arrivals.get(next);
      if (known !== undefined && (isForward ? known <= nextArrival : known >= nextArrival)) continue;
      arrivals.set(next, nextArrival);
      waiting.push(next);
    }
  }
  return { arrivals, links: [...links], undone: [...undone], way };
}
