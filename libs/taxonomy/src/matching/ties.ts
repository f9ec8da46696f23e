import { childrenOf } from './forest.ts';
import type { Sides } from './judge.ts';
import type { Evidence } from './matching.ts';
import { TitleIndex } from './title-index.ts';

/** A tie by numbers: what `entry` was is, in part, what `row` is now. */
export interface NumberedTie {
  readonly entry: number;
  readonly row: number;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

const mostTies = 5;
const leastTie = 0.4;
const mostSiblings = 200;

/**
 * Where the work of ending concepts may go, and where that of new rows may come from: similar titles (one standing in the
 * other, as when two become one) below the same parent, or among what has no counterpart anywhere; and children that went over.
 * @param ending entries without a row
 * @param beginning rows without an entry
 * @param rowOf the row that each entry is or would be, -1 for none; `entryOf` the other way round
 */
export function* findTies(
  sides: Sides,
  ending: readonly number[],
  beginning: readonly number[],
  rowOf: Int32Array,
  entryOf: Int32Array,
): Generator<void, NumberedTie[]> {
  const { rows, base, features } = sides;
  const ties = new Map<number, NumberedTie>();
  const amongRows = new TitleIndex(beginning, rows.title, features);
  yield;
  for (const entry of ending) {
    const found = new Map<number, Set<Evidence>>();
    const parent = base.parent[entry]!;
    const rowParent = parent < 0 ? -1 : rowOf[parent]!;
    if (parent < 0 || rowParent >= 0)
      for (const row of childrenOf(rows, rowParent).subarray(0, mostSiblings))
        note(found, row, 'same-parent');
    for (const { item } of amongRows.similar(base.title[entry]!, mostTies, leastTie)) note(found, item);
    const children = childrenOf(base, entry);
    const takers = new Map<number, number>();
    for (const child of children) {
      const taker = rowOf[child]! < 0 ? -1 : rows.parent[rowOf[child]!]!;
      if (taker >= 0) takers.set(taker, (takers.get(taker) ?? 0) + 1);
    }
    for (const row of takers.keys()) note(found, row, 'same-children');
    for (const [row, evidence] of found)
      keep(entry, row, evidence, (takers.get(row) ?? 0) / Math.max(1, children.length));
  }
  yield;
  for (const row of beginning) {
    const parent = rows.parent[row]!;
    const entryParent = parent < 0 ? -1 : entryOf[parent]!;
    if (parent >= 0 && entryParent < 0) continue;
    for (const entry of childrenOf(base, entryParent).subarray(0, mostSiblings))
      keep(entry, row, new Set<Evidence>(['same-parent']), 0);
  }
  return [...ties.values()].sort((a, b) => b.score - a.score || a.entry - b.entry || a.row - b.row);

  function keep(entry: number, row: number, evidence: Set<Evidence>, share: number): void {
    if (rowOf[entry] === row) return;
    const [old, title] = [base.title[entry]!, rows.title[row]!];
    const similarity = (2 * features.similarity(old, title) + features.containment(old, title)) / 3;
    const score = Math.max(evidence.has('same-parent') ? similarity : 0.9 * similarity, share);
    if (score < leastTie) return;
    if (similarity >= leastTie) evidence.add(old === title ? 'same-title' : 'similar-title');
    if (rows.code[row]! >= 0 && rows.code[row] === base.code[entry]) evidence.add('same-code');
    ties.set(entry * rows.size + row, { entry, row, score, evidence: [...evidence] });
  }
}

function note(found: Map<number, Set<Evidence>>, row: number, ...evidence: Evidence[]): void {
  const known = found.get(row);
  if (known) for (const each of evidence) known.add(each);
  else found.set(row, new Set(evidence));
}
