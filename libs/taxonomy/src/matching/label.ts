import { holdersOf } from './forest.ts';
import type { Sides } from './judge.ts';
import type { Label } from './matching.ts';

/** What it would mean for each row to be its entry: numbers of `entryOf` and `rowOf` are -1 for none. */
export function labeller(
  { rows, base, codes }: Sides,
  rawTitles: { rows: readonly string[]; base: readonly string[] },
  entryOf: Int32Array,
  rowOf: Int32Array,
): (row: number) => Label[] {
  const holderBefore = holdersOf(base, codes);
  const holderNow = holdersOf(rows, codes);
  const formerHolder = (row: number): number => holderBefore[rows.code[row]!] ?? -1;
  /** The row of the concept that had the code of this row. */
  const next = (row: number): number => rowOf[formerHolder(row)] ?? -1;

  return (row) => {
    const labels: Label[] = [];
    const entry = entryOf[row]!;
    const holder = formerHolder(row);
    if (holder >= 0 && holder !== entry) labels.push('code-reused');
    if (entry < 0) return labels;
    if (rawTitles.rows[row] !== rawTitles.base[entry]) labels.push('retitled');
    if (!isSamePlace(row, entry)) labels.push('moved');
    if (rows.code[row] === base.code[entry]) return labels;
    labels.push('renumbered');
    if (next(row) >= 0 && next(next(row)) === row) labels.push('swap');
    else if (next(row) >= 0 || isBefore(entry)) labels.push('chain');
    return labels;
  };

  /** Whether another concept that goes on takes the code which this entry gives up. */
  function isBefore(entry: number): boolean {
    const taker = holderNow[base.code[entry]!] ?? -1;
    return taker >= 0 && entryOf[taker]! >= 0 && entryOf[taker] !== entry;
  }

  function isSamePlace(row: number, entry: number): boolean {
    const [above, below] = [rows.parent[row]!, base.parent[entry]!];
    return above < 0 ? below < 0 : entryOf[above] === below;
  }
}
