import { childrenOf, countBelow, type Forest } from './forest.ts';
import type { Links } from './links.ts';

/** What places a title: hashes of 32 bits, the same on both sides for the same titles. */
export interface Signatures {
  /** Of the titles from the top down to the item. */
  readonly path: Int32Array;
  /** Of the titles of the item and of all that stands below it, in any order. */
  readonly subtree: Int32Array;
  /** Of its title and its parent's. */
  readonly pair: Int32Array;
}

export function sign(forest: Forest): Signatures {
  const { size, order, parent, title } = forest;
  const [path, subtree, pair] = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  for (const i of order) {
    const above = parent[i]!;
    path[i] = mix(above < 0 ? 0 : path[above]!, title[i]!);
    pair[i] = mix(above < 0 ? -1 : title[above]!, title[i]!);
  }
  for (let at = size - 1; at >= 0; at--) {
    const i = order[at]!;
    let below = 0;
    if (countBelow(forest, i) > 0)
      for (const child of childrenOf(forest, i)) below = (below + mix(subtree[child]!, 0x9e3779b9)) | 0;
    subtree[i] = mix(below, title[i]!);
  }
  return { path, subtree, pair };
}

function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x2c1b3c6d, 0x85ebca6b) ^ Math.imul(b + 0x165667b1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}

/** Supposes pairs that one signature singles out: one open row and one open entry have it, and their titles agree. */
export function supposeByOnlyKey(
  rows: Forest,
  base: Forest,
  links: Links,
  rowKeys: Int32Array,
  entryKeys: Int32Array,
): void {
  const only = new Map<number, number>();
  entryKeys.forEach((key, entry) => {
    if (links.isOpenEntry(entry)) only.set(key, only.has(key) ? -1 : entry);
  });
  const rowOf = new Map<number, number>();
  rowKeys.forEach((key, row) => {
    if (links.isOpenRow(row) && only.has(key)) rowOf.set(key, rowOf.has(key) ? -1 : row);
  });
  for (const [key, row] of rowOf) {
    const entry = only.get(key) ?? -1;
    if (row >= 0 && entry >= 0 && rows.title[row] === base.title[entry] && rows.title[row] !== 0)
      links.suppose(row, entry);
  }
}
