import type { SuccessionLink } from '../change.ts';
import type { HistoryIndex } from './history-index.ts';
import { none } from './ints.ts';
import { reach } from './reach.ts';

/**
 * Successions from one revision to any other, earlier or later, as if there were none between: each concept of `from`
 * that has some is linked with all others of `to` that stand for it.
 */
export function linksBetween(index: HistoryIndex, from: number, to: number): SuccessionLink[] {
  const links: SuccessionLink[] = [];
  for (const concept of index.linkedConcepts(from <= to ? 'forward' : 'backward')) {
    const held = index.rangeAt(concept, from);
    if (held === none) continue;
    for (const reached of reach(index, concept, from, to).arrivals.keys()) {
      const range = reached === concept ? none : index.rangeAt(reached, to);
      if (range === none) continue;
      links.push({
        predecessor: index.rangeOf(held).conceptId,
        successor: index.rangeOf(range).conceptId,
      });
    }
  }
  return links;
}
