import type { Code } from '../entry.ts';
import type { HistoryIndex } from './history-index.ts';
import { resolveRange, type Resolution } from './resolve.ts';

/** One thing that a code stood for, as long as it did. */
export interface Meaning extends Resolution {
  readonly from: number;
  /** The last revision in which the code stood for it; null: it still does. */
  readonly through: number | null;
}

/** Every meaning that a code ever had, the oldest first, each with what it is in revision `to`. */
export function meaningsOf(index: HistoryIndex, code: Code, to: number): Meaning[] {
  const meanings: Meaning[] = [];
  for (const range of index.rangesOfCode(code)) {
    const { conceptId, from, to: end } = index.rangeOf(range);
    const through = end === null ? null : end - 1;
    const previous = meanings.at(-1);
    if (previous?.meant?.conceptId === conceptId && previous.through === from - 1)
      meanings[meanings.length - 1] = { ...previous, through };
    else meanings.push({ from, through, ...resolveRange(index, range, from, to) });
  }
  return meanings;
}
