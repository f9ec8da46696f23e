import type { HistoryIndex } from './history-index.ts';
import { none } from './ints.ts';
import { reach, type Reach } from './reach.ts';

/** What stands for a concept of one revision in another. */
export interface Standing {
  readonly reached: Reach;
  /** Ranges of the other revision. */
  readonly live: readonly number[];
  /**
   * Ranges in which branches end that lead to nothing there: forwards those of concepts that were retired and that
   * nobody follows, backwards those of concepts that had not begun and follow nobody.
   */
  readonly ended: readonly number[];
}

export function standingFor(index: HistoryIndex, concept: number, from: number, to: number): Standing {
  const reached = reach(index, concept, from, to);
  const [live, ended]: [number[], number[]] = [[], []];
  for (const [each, arrival] of reached.arrivals) {
    const range = index.rangeAt(each, to);
    if (range !== none) live.push(range);
    else if (from <= to) endedForwards(index, reached, each, to, ended);
    else endedBackwards(index, reached, each, { arrival, to }, ended);
  }
  return { reached, live, ended };
}

function endedForwards(
  index: HistoryIndex,
  { links, way }: Reach,
  concept: number,
  to: number,
  ended: number[],
): void {
  for (const range of index.rangesOf(concept).toReversed()) {
    const { from, to: end } = index.rangeOf(range);
    const last = way.onOrBefore(Math.min(to, (end ?? Infinity) - 1));
    if (last < from) continue;
    if (!links.some(({ predecessor, revision }) => predecessor === concept && revision > last))
      ended.push(range);
    return;
  }
}

function endedBackwards(
  index: HistoryIndex,
  { links, way }: Reach,
  concept: number,
  { arrival, to }: { readonly arrival: number; readonly to: number },
  ended: number[],
): void {
  const ranges = index.rangesOf(concept);
  const begins = ranges.map((range) => way.onOrAfter(Math.max(index.rangeOf(range).from, to + 1)));
  const first = ranges.findIndex((range, i) => (begins[i] ?? 0) < (index.rangeOf(range).to ?? Infinity));
  const told = ranges.at(first);
  if (told === undefined) return;
  const begin = Math.min(arrival, begins[first] ?? arrival);
  if (!links.some(({ successor, revision }) => successor === concept && revision <= begin)) ended.push(told);
}
