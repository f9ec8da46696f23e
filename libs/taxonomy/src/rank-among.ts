import { compareCodes } from './compare-codes.ts';
import type { ConceptId, Entry } from './entry.ts';
import { highestRank, rankOf, rankStep, type CodeGrammar } from './grammar.ts';
import { groupByParent } from './hash.ts';

type Placed = Pick<Entry, 'conceptId' | 'code' | 'parentId' | 'rank'>;

/**
 * Ranks for entries that are new among their siblings: each comes after the sibling whose code is the last one before its
 * own, as an import of the whole would place it; one without a code comes last. It takes the rank of its code where that fits,
 * else one between its neighbours. Only where none is left between those do all siblings get new ones, in the order in
 * which they stand; that others share a rank is left as it is: they stand in order of their concept ids, here as in the hash.
 * @param placed entries that have another code or parent than before, or are new
 * @param siblings entries that stay where they are, below the same parents
 * @returns the ranks of those that have another one now
 */
export function rankAmong(
  grammar: CodeGrammar,
  placed: readonly Placed[],
  siblings: readonly Placed[],
): Map<ConceptId, number> {
  const staying = groupByParent(siblings);
  const ranks = [...groupByParent(placed)].flatMap(([parentId, group]) =>
    ranksIn(grammar, group, staying.get(parentId) ?? []),
  );
  return new Map(ranks.flatMap(([{ conceptId, rank }, now]) => (rank === now ? [] : [[conceptId, now]])));
}

function ranksIn(
  grammar: CodeGrammar,
  placed: readonly Placed[],
  siblings: readonly Placed[],
): [Placed, number][] {
  const runs = runsOf(grammar, placed, siblings);
  const ranks: [Placed, number][] = [];
  for (const { run, after, before } of runs) {
    if (run.length === 0) continue;
    const own = ranksOfRun(grammar, run, after?.rank, before?.rank);
    if (!own) return inSteps(runs);
    run.forEach((entry, i) => ranks.push([entry, own[i] ?? 0]));
  }
  return ranks;
}

/** Entries that come one after the other, between two that stay. */
interface Run {
  readonly run: readonly Placed[];
  readonly after: Placed | undefined;
  readonly before: Placed | undefined;
}

/** One before each sibling, and one at the end, most of them empty. */
function runsOf(grammar: CodeGrammar, placed: readonly Placed[], siblings: readonly Placed[]): Run[] {
  const isPlaced = new Set(placed);
  const coded = [...siblings, ...placed]
    .flatMap((entry) => (entry.code === null ? [] : [{ entry, code: entry.code }]))
    .sort((a, b) => compareCodes(a.code, b.code, grammar));
  const following = new Map<Placed | undefined, Placed[]>();
  let anchor: Placed | undefined;
  for (const { entry } of coded)
    if (!isPlaced.has(entry)) anchor = entry;
    else {
      const run = following.get(anchor);
      if (run) run.push(entry);
      else following.set(anchor, [entry]);
    }
  const first = coded.find(({ entry }) => !isPlaced.has(entry))?.entry;
  const uncoded = placed.filter(({ code }) => code === null);
  return [...siblings, undefined].map((before, i) => {
    const after = siblings[i - 1];
    const run = [
      ...(after ? (following.get(after) ?? []) : []),
      ...(before === first ? (following.get(undefined) ?? []) : []),
      ...(before ? [] : uncoded),
    ];
    return { run, after, before };
  });
}

/** Ascending ranks between two others; null where there is no room. */
function ranksOfRun(
  grammar: CodeGrammar,
  run: readonly Placed[],
  after = -Infinity,
  before = Infinity,
): number[] | null {
  const own = run.map(({ code }) => (code === null ? -Infinity : rankOf(grammar, code)));
  if ([...own, before].every((rank, i) => rank > (own[i - 1] ?? after))) return own;
  const step =
    after === -Infinity || before === Infinity
      ? rankStep
      : Math.min(rankStep, Math.floor((before - after) / (run.length + 1)));
  const start = after !== -Infinity ? after : before === Infinity ? 0 : before - step * (run.length + 1);
  const last = start + step * run.length;
  return step < 1 || last > highestRank || start < -highestRank
    ? null
    : run.map((_, i) => start + step * (i + 1));
}

const inSteps = (runs: readonly Run[]): [Placed, number][] =>
  runs
    .flatMap(({ run, before }) => (before ? [...run, before] : run))
    .map((entry, i) => [entry, (i + 1) * rankStep]);
