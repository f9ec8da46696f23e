/**
 * Positions of a longest strictly increasing subsequence; of those, of one with the most that are preferred (n log n, with
 * the best chain that ends below each value in a tree of prefixes).
 * @param values integers from 0, each once
 */
export function keptInOrder(
  values: readonly number[],
  isPreferred: (position: number) => boolean,
): Set<number> {
  const size = values.reduce((most, value) => Math.max(most, value + 1), 0);
  const bestUpTo = new Int32Array(size + 1).fill(-1);
  const weights: number[] = [];
  const previous: number[] = [];
  let best = -1;
  values.forEach((value, i) => {
    let before = -1;
    for (let at = value; at > 0; at -= at & -at) before = heavier(weights, before, bestUpTo[at] ?? -1);
    previous[i] = before;
    weights[i] = (weights[before] ?? 0) + values.length + 1 + Number(isPreferred(i));
    for (let at = value + 1; at <= size; at += at & -at)
      bestUpTo[at] = heavier(weights, bestUpTo[at] ?? -1, i);
    best = heavier(weights, best, i);
  });
  const kept = new Set<number>();
  for (let i = best; i >= 0; i = previous[i] ?? -1) kept.add(i);
  return kept;
}

const heavier = (weights: readonly number[], one: number, other: number): number =>
  (weights[other] ?? 0) >= (weights[one] ?? 0) ? other : one;
