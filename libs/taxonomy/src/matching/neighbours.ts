import { childrenOf, countBelow, type Forest } from './forest.ts';
import type { Links } from './links.ts';
import type { TitleFeatures } from './title-words.ts';

/** An open row with children is supposed to be the entry from which most of them come. */
export function supposeFromChildren(rows: Forest, base: Forest, links: Links): void {
  for (let at = rows.size - 1; at >= 0; at--) {
    const row = rows.order[at]!;
    if (!links.isOpenRow(row) || countBelow(rows, row) === 0) continue;
    const children = childrenOf(rows, row);
    const votes = new Map<number, number>();
    let [voters, best] = [0, -1];
    for (const child of children) {
      const parent = links.ofRow[child]! < 0 ? -1 : base.parent[links.ofRow[child]!]!;
      if (parent < 0) continue;
      voters++;
      votes.set(parent, (votes.get(parent) ?? 0) + 1);
      if (best < 0 || votes.get(parent)! > votes.get(best)!) best = parent;
    }
    if (best >= 0 && links.isOpenEntry(best) && 2 * votes.get(best)! > voters) links.suppose(row, best);
  }
}

/** Below a supposed pair, open children with the same title are supposed to be the same, in their order. */
export function supposeSameTitleBelow(rows: Forest, base: Forest, links: Links): void {
  eachPair(rows, links, (row, entry) => {
    const waiting = new Map<number, number[]>();
    for (const child of childrenOf(base, entry))
      if (links.isOpenEntry(child)) push(waiting, base.title[child]!, child);
    if (waiting.size === 0) return;
    for (const child of childrenOf(rows, row)) {
      const found = links.isOpenRow(child) ? waiting.get(rows.title[child]!)?.shift() : undefined;
      if (found !== undefined) links.suppose(child, found);
    }
  });
}

const mostCompared = 64;

/** Below a supposed pair, open children with similar titles are supposed to be the same, the most similar first. */
export function supposeSimilarBelow(
  rows: Forest,
  base: Forest,
  links: Links,
  features: TitleFeatures,
  least: number,
): void {
  eachPair(rows, links, (row, entry) => {
    const theirs = childrenOf(base, entry).filter((child) => links.isOpenEntry(child));
    if (theirs.length === 0) return;
    const own = childrenOf(rows, row).filter((child) => links.isOpenRow(child));
    if (own.length * theirs.length > mostCompared * mostCompared) return;
    const pairs: { child: number; other: number; score: number }[] = [];
    for (const child of own)
      for (const other of theirs) {
        const score = features.similarity(rows.title[child]!, base.title[other]!);
        if (score >= least) pairs.push({ child, other, score });
      }
    pairs.sort((a, b) => b.score - a.score);
    for (const { child, other } of pairs)
      if (links.isOpenRow(child) && links.isOpenEntry(other)) links.suppose(child, other);
  });
}

/** Supposed pairs from the top down, those at the top below an imagined one. */
function eachPair(rows: Forest, links: Links, visit: (row: number, entry: number) => void): void {
  visit(-1, -1);
  for (const row of rows.order) {
    const entry = links.ofRow[row]!;
    if (entry >= 0 && countBelow(rows, row) > 0) visit(row, entry);
  }
}

export function push<K>(groups: Map<K, number[]>, key: K, value: number): void {
  const group = groups.get(key);
  if (group) group.push(value);
  else groups.set(key, [value]);
}
