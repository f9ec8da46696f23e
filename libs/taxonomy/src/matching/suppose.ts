import { sign, supposeByOnlyKey } from './anchors.ts';
import type { Forest } from './forest.ts';
import type { Links } from './links.ts';
import { supposeFromChildren, supposeSameTitleBelow, supposeSimilarBelow } from './neighbours.ts';
import { TitleIndex } from './title-index.ts';
import type { TitleFeatures } from './title-words.ts';

/**
 * Supposes which row is which entry, so that each has neighbours to be judged by. Nothing here decides.
 *
 * 1. Anchors: what one row and one entry alone have in common (a path of titles, a branch, a title).
 * 2. From them down and up, again and again: children with the same title, parents of the same children, then titles
 *    that are alone among what is left, then similar titles below one parent.
 * 3. What is left by similar titles anywhere; and once more down and up.
 */
export function* suppose(rows: Forest, base: Forest, links: Links, features: TitleFeatures): Generator<void> {
  const [own, theirs] = [sign(rows), sign(base)];
  yield;
  for (const key of ['path', 'subtree', 'pair'] as const) {
    supposeByOnlyKey(rows, base, links, own[key], theirs[key]);
    yield;
  }
  for (const least of [0.7, 0.45]) {
    for (let round = 0; round < 2; round++) {
      supposeSameTitleBelow(rows, base, links);
      supposeFromChildren(rows, base, links);
      yield;
      supposeByOnlyKey(rows, base, links, own.pair, theirs.pair);
      supposeByOnlyKey(rows, base, links, rows.title, base.title);
      yield;
    }
    supposeSimilarBelow(rows, base, links, features, least);
    yield;
  }
  yield* supposeSimilarAnywhere(rows, base, links, features);
  supposeSameTitleBelow(rows, base, links);
  supposeFromChildren(rows, base, links);
  supposeSimilarBelow(rows, base, links, features, 0.3);
  yield;
}

const leastAnywhere = 0.6;

function* supposeSimilarAnywhere(
  rows: Forest,
  base: Forest,
  links: Links,
  features: TitleFeatures,
): Generator<void> {
  const index = new TitleIndex(
    openOf(base.size, (entry) => links.isOpenEntry(entry)),
    base.title,
    features,
  );
  yield;
  let looked = 0;
  for (const row of openOf(rows.size, (i) => links.isOpenRow(i))) {
    const [best, second] = index.similar(rows.title[row]!, 2, leastAnywhere);
    const isAlone = best && (!second || best.score > second.score);
    if (isAlone && links.isOpenEntry(best.item)) links.suppose(row, best.item);
    if (++looked % 2_000 === 0) yield;
  }
}

export function openOf(size: number, isOpen: (i: number) => boolean): number[] {
  const open: number[] = [];
  for (let i = 0; i < size; i++) if (isOpen(i)) open.push(i);
  return open;
}
