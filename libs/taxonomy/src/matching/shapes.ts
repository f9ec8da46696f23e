import type { RetiredMatch } from './matching.ts';
import type { NumberedTie } from './ties.ts';

const likely = 0.55;

/** What the succession of each ending entry looks like, from the ties that are likely. */
export function shapesOf(
  ties: readonly NumberedTie[],
  ending: readonly number[],
  entryOf: Int32Array,
): Map<number, RetiredMatch['shape']> {
  const good = ties.filter(({ score }) => score >= likely);
  const byRow = Map.groupBy(good, ({ row }) => row);
  const byEntry = Map.groupBy(good, ({ entry }) => entry);
  const isShared = (row: number) => (byRow.get(row)?.length ?? 0) > 1 || entryOf[row]! >= 0;
  return new Map(
    ending.map((entry) => {
      const own = byEntry.get(entry) ?? [];
      if (own.length === 0) return [entry, null];
      const merges = own.some(({ row }) => isShared(row));
      if (own.length === 1) return [entry, merges ? 'merged' : 'replaced'];
      return [entry, merges ? 'regrouped' : 'split'];
    }),
  );
}
