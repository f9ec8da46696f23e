import type { ConceptId } from '../entry.ts';
import type { SuccessionLink } from '../change.ts';
import type { HistoryIndex } from './history-index.ts';
import { none } from './ints.ts';
import { standingFor } from './standing.ts';

/** Successions between two revisions as if there were none between. */
export interface SuccessionsBetween {
  readonly links: readonly SuccessionLink[];
  /** Concepts of the first of which one part goes on, in themselves or others, and another ended on the way. */
  readonly partlyEnded: ReadonlySet<ConceptId>;
}

/**
 * Successions from one revision to any other, earlier or later: each concept of `from` that has some is linked with all
 * others of `to` that stand for it.
 */
export function linksBetween(index: HistoryIndex, from: number, to: number): SuccessionsBetween {
  const links: SuccessionLink[] = [];
  const partlyEnded = new Set<ConceptId>();
  for (const concept of index.linkedConcepts(from <= to ? 'forward' : 'backward')) {
    const held = index.rangeAt(concept, from);
    if (held === none) continue;
    const predecessor = index.rangeOf(held).conceptId;
    const { live, ended } = standingFor(index, concept, from, to);
    if (live.length > 0 && ended.length > 0) partlyEnded.add(predecessor);
    for (const range of live) {
      const successor = index.rangeOf(range).conceptId;
      if (successor !== predecessor) links.push({ predecessor, successor });
    }
  }
  return { links, partlyEnded };
}
