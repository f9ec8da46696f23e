import { isDeepStrictEqual } from 'node:util';
import { successionOf, type ConceptId, type Entry } from '#taxonomy';
import { byCode } from './by-code.ts';
import type { Comparison } from './load-comparison.ts';
import type { Outcome } from './words.ts';

/** One old entry and one of the new ones that take its place; several rows where it was split. */
export interface ConcordanceRow {
  readonly old: Entry;
  readonly outcome: Outcome;
  /** null: retired without a successor, or the part of it that is. */
  readonly next: Entry | null;
  /** The entry that has the old code now, when that is another one. */
  readonly codeNowMeans: Entry | null;
}

/** Every entry of the first revision with what became of it in the second, in the order of the first map. */
export function concordance({ to, before, after, successions: between }: Comparison): ConcordanceRow[] {
  const { links, partlyEnded } = between;
  const inOrder = byCode(to.edition);
  const successions = successionOf(links, before, after, partlyEnded);
  const successors = Map.groupBy(links, ({ predecessor }) => predecessor);
  const holders = new Map([...after.values()].map((entry) => [entry.code, entry]));
  return [...before.values()].flatMap((old): ConcordanceRow[] => {
    const lives = after.get(old.conceptId) ?? null;
    const targets = (successors.get(old.conceptId) ?? []).flatMap(
      ({ successor }) => after.get(successor) ?? [],
    );
    const holder = old.code === null ? null : (holders.get(old.code) ?? null);
    const codeNowMeans = holder && isOther(holder, old, targets) ? holder : null;
    const kind = successions.get(old.conceptId)?.kind;
    const next = [...(lives ? [lives] : []), ...targets].sort(inOrder);
    if (kind && next.length > 0)
      return [
        ...next.map((entry): ConcordanceRow => ({ old, outcome: kind, next: entry, codeNowMeans })),
        ...(partlyEnded.has(old.conceptId)
          ? [{ old, outcome: 'retired' as const, next: null, codeNowMeans }]
          : []),
      ];
    if (!lives) return [{ old, outcome: 'retired', next: null, codeNowMeans }];
    return [{ old, outcome: ofOneThatLives(old, lives), next: lives, codeNowMeans }];
  });
}

function ofOneThatLives(old: Entry, lives: Entry): Outcome {
  if (lives.code !== old.code) return 'renumbered';
  if (old.code === null && lives.parentId !== old.parentId) return 'moved';
  return isDeepStrictEqual(lives.titles, old.titles) ? 'unchanged' : 'retitled';
}

function isOther(holder: Entry, old: Entry, targets: readonly Entry[]): boolean {
  const own = new Set<ConceptId>([old.conceptId, ...targets.map(({ conceptId }) => conceptId)]);
  return !own.has(holder.conceptId);
}
