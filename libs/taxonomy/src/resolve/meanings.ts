import type { Code } from '../entry.ts';
import type { HistoryIndex } from './history-index.ts';
import { resolveRange, type Resolution } from './resolve.ts';

/** One thing that a code stood for, as long as it did. */
export interface Meaning extends Resolution {
  readonly from: number;
  /** The last revision in which the code stood for it; null: it still does. */
  readonly through: number | null;
}

/**
 * Every meaning that a code had in some revisions, such as those of one edition, the oldest first: from the first through the
 * last of them, each with what it is in revision `to`, seen from the last.
 * @param revisions in order of number
 */
export function meaningsIn(
  index: HistoryIndex,
  code: Code,
  revisions: readonly number[],
  to: number,
): (Meaning & { readonly through: number })[] {
  const meanings: (Meaning & { readonly through: number })[] = [];
  for (const range of index.rangesOfCode(code)) {
    const carried = index.rangeOf(range);
    const from = revisions[firstFrom(revisions, carried.from)];
    const through = carried.to === null ? revisions.at(-1) : revisions[firstFrom(revisions, carried.to) - 1];
    if (from === undefined || through === undefined || through < from) continue;
    const resolved = resolveRange(index, range, through, to);
    const previous = meanings.at(-1);
    if (previous?.meant?.conceptId === resolved.meant?.conceptId)
      meanings[meanings.length - 1] = { from: previous?.from ?? from, through, ...resolved };
    else meanings.push({ from, through, ...resolved });
  }
  return meanings;
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

/** Place of the first of some numbers in order that is not below a bound; their count when all are. */
function firstFrom(numbers: readonly number[], bound: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? bound) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
