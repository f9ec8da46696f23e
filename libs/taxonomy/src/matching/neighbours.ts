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

/**
 * Below a supposed pair, open children with the same title are supposed to be the same: where a title repeats, those that
 * stand between the same siblings, then the others in their order.
 */
export function supposeSameTitleBelow(rows: Forest, base: Forest, links: Links): void {
  eachPair(rows, links, (row, entry) => {
    const theirs = childrenOf(base, entry);
    // The last first, so that the next to be given away stands at the end of its group.
    const waiting = new Map<number, number[]>();
    let isRepeated = false;
    for (const child of theirs.toReversed()) {
      if (!links.isOpenEntry(child)) continue;
      isRepeated ||= waiting.has(base.title[child]!);
      push(waiting, base.title[child]!, child);
    }
    if (waiting.size === 0) return;
    const own = childrenOf(rows, row);
    if (isRepeated) supposeInLine(rows, base, links, own, theirs);
    for (const child of own) {
      const same = links.isOpenRow(child) ? waiting.get(rows.title[child]!) : undefined;
      const found = same && takeOpen(same, links);
      if (found !== undefined) links.suppose(child, found);
    }
  });
}

/** The last that is open still, taken out with all behind it: what is given away will not be open again. */
function takeOpen(entries: number[], links: Links): number | undefined {
  let last = entries.pop();
  while (last !== undefined && !links.isOpenEntry(last)) last = entries.pop();
  return last;
}

const mostCompared = 64;

/** Of the ways to walk two lists of siblings side by side, one that meets the most pairs that are, or may be, the same. */
function supposeInLine(rows: Forest, base: Forest, links: Links, own: Int32Array, theirs: Int32Array): void {
  if (own.length * theirs.length > mostCompared * mostCompared) return;
  const width = theirs.length + 1;
  const isOwnOpen = own.map((row) => Number(links.isOpenRow(row)));
  const isTheirsOpen = theirs.map((entry) => Number(links.isOpenEntry(entry)));
  const isPair = (i: number, j: number): boolean =>
    isOwnOpen[i] === 1
      ? isTheirsOpen[j] === 1 && rows.title[own[i]!] === base.title[theirs[j]!]
      : links.ofRow[own[i]!] === theirs[j];
  const most = new Uint16Array((own.length + 1) * width);
  for (let i = own.length - 1; i >= 0; i--)
    for (let j = theirs.length - 1; j >= 0; j--)
      most[i * width + j] = isPair(i, j)
        ? most[(i + 1) * width + j + 1]! + 1
        : Math.max(most[(i + 1) * width + j]!, most[i * width + j + 1]!);
  for (let i = 0, j = 0; i < own.length && j < theirs.length;) {
    if (isPair(i, j)) links.suppose(own[i++]!, theirs[j++]!);
    else if (most[(i + 1) * width + j]! >= most[i * width + j + 1]!) i++;
    else j++;
  }
}

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
