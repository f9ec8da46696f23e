import { childrenOf, countBelow, siblingOf, type Forest } from './forest.ts';
import type { Links } from './links.ts';
import type { Evidence, Proposal } from './matching.ts';
import type { TitleFeatures } from './title-words.ts';

/** A possible entry of a row, with what speaks for it. */
export interface Candidate {
  readonly entry: number;
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export interface Sides {
  readonly rows: Forest;
  readonly base: Forest;
  readonly links: Links;
  readonly features: TitleFeatures;
  /** How many different codes there are on both sides. */
  readonly codes: number;
}

const signs = [
  'same-title',
  'similar-title',
  'same-code',
  'same-parent',
  'same-children',
  'same-siblings',
] as const satisfies readonly Evidence[];

/** Every combination of evidence once: `2 ** i` stands for the i-th of `signs`. */
const combinations = Array.from({ length: 2 ** signs.length }, (_, set): readonly Evidence[] =>
  signs.filter((_sign, i) => set & (2 ** i)),
);
const bit = (sign: (typeof signs)[number]): number => 2 ** signs.indexOf(sign);
const sameTitle = bit('same-title');
const similarTitle = bit('similar-title');
const sameCode = bit('same-code');
const sameParent = bit('same-parent');
const sameChildren = bit('same-children');
const sameSiblings = bit('same-siblings');

const weights = { title: 50, parent: 22, children: 18, code: 6, siblings: 4 } as const;
const leastSimilar = 0.3;
/** What is left of a score when the entry is more probably another row. */
const takenElsewhere = 0.5;
/** What is left when only the place speaks for it, as when a code is given to something else. */
const placeOnly = 0.5;

/**
 * Weighs what speaks for a row being an entry. Children weigh only where one of them has some.
 * @param isCertain the row has an entry of its own title already, so that merely similar titles say nothing
 */
export function judge(
  { rows, base, links, features }: Sides,
  row: number,
  entry: number,
  isCertain: boolean,
): Candidate {
  const [title, other] = [rows.title[row]!, base.title[entry]!];
  const similarity = title === other ? 1 : isCertain ? 0 : features.similarity(title, other);
  const isSame = rows.written[row] === base.written[entry];
  let evidence = isSame ? sameTitle : similarity >= leastSimilar ? similarTitle : 0;
  let sum = weights.title * similarity;
  let total: number = weights.title + weights.parent + weights.code + weights.siblings;
  if (rows.code[row]! >= 0 && rows.code[row] === base.code[entry]) {
    evidence += sameCode;
    sum += weights.code;
  }
  if (links.haveSameParent(rows.parent[row]!, base.parent[entry]!)) {
    evidence += sameParent;
    sum += weights.parent;
  }
  const shared = sharedChildren(rows, base, links, row, entry);
  if (shared !== null) {
    sum += weights.children * shared;
    total += weights.children;
    if (shared >= 0.5) evidence += sameChildren;
  }
  if (haveSameNeighbour(rows, base, links, row, entry)) {
    evidence += sameSiblings;
    sum += weights.siblings;
  }
  const taker = links.ofEntry[entry]!;
  let factor = taker >= 0 && taker !== row ? takenElsewhere : 1;
  if (similarity < leastSimilar && (shared ?? 0) < 0.5) factor *= placeOnly;
  return { entry, score: (factor * sum) / total, evidence: combinations[evidence]! };
}

/** Part of both's children that are supposed to be the same; null when neither has any. */
function sharedChildren(rows: Forest, base: Forest, links: Links, row: number, entry: number): number | null {
  const all = countBelow(rows, row) + countBelow(base, entry);
  if (all === 0) return null;
  let shared = 0;
  for (const child of childrenOf(rows, row)) {
    const link = links.ofRow[child]!;
    if (link >= 0 && base.parent[link] === entry) shared++;
  }
  return (2 * shared) / all;
}

/** The sibling before or after is supposed to be the sibling before or after. */
function haveSameNeighbour(rows: Forest, base: Forest, links: Links, row: number, entry: number): boolean {
  const isPair = (step: number): boolean => {
    const neighbour = siblingOf(rows, row, step);
    const link = neighbour < 0 ? -1 : links.ofRow[neighbour]!;
    return link >= 0 && siblingOf(base, entry, step) === link;
  };
  return isPair(-1) || isPair(1);
}

/** How probable it is that nobody is meant, after the best candidate. */
export function asNew(candidates: readonly Candidate[]): Proposal {
  const best = candidates.reduce((score, candidate) => Math.max(score, candidate.score), 0);
  return { conceptId: null, score: Math.max(0.02, 0.75 - best), evidence: ['no-counterpart'] };
}
