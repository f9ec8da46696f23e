import type { Code, Entry } from '../entry.ts';
import type { FormerHolder, FormerHolders } from '../diff.ts';
import type { HistoryIndex } from './history-index.ts';

/** Who last carried the codes of these entries before a revision that has none of them: what a diff from it must know. */
export function formerHoldersAt(
  index: HistoryIndex,
  entries: Iterable<Entry>,
  revision: number,
): FormerHolders {
  const holders = new Map<Code, FormerHolder>();
  for (const { code } of entries) {
    if (code === null) continue;
    const ranges = index.rangesOfCode(code).map((range) => index.rangeOf(range));
    const last = ranges.findLast(({ from }) => from <= revision);
    if (last && last.to !== null && last.to <= revision) holders.set(code, last);
  }
  return holders;
}
