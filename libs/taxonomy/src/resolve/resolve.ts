import type { Code } from '../entry.ts';
import { compareCodes } from '../compare-codes.ts';
import type { HistoryIndex } from './history-index.ts';
import { none } from './ints.ts';
import { meantBy, type Meant } from './meant.ts';
import { pathOf, type Hop } from './path.ts';
import { standingFor, type Standing } from './standing.ts';

export const resolutionStatuses = [
  'unchanged',
  'renumbered',
  'replaced',
  'split',
  'merged',
  'retired',
  'created',
  'unknown',
] as const;
/**
 * What became of a code. Asked backwards, the words say what had happened: `split` means that the one found was split,
 * `merged` that several were merged into it, `created` that it did not exist yet and takes nobody's place.
 */
export type ResolutionStatus = (typeof resolutionStatuses)[number];

export interface Resolution {
  readonly status: ResolutionStatus;
  /** Whose code it was in the revision asked from; null when unknown. */
  readonly meant: Meant | null;
  /** All entries of the other revision that stand for it, in order of code. */
  readonly results: readonly Meant[];
  /** Branches that lead to no entry of the other revision: what ended and nobody follows; backwards, what had not begun. */
  readonly ended: readonly Meant[];
  /** There are several, ended ones included, and only a person can say which one a record means. */
  readonly choiceNeeded: boolean;
  /** The concept itself goes on beside others that took over a part of it. */
  readonly continues: boolean;
  /** What happened on the way, in the order in which it was followed. */
  readonly path: readonly Hop[];
}

const unknown: Resolution = {
  status: 'unknown',
  meant: null,
  results: [],
  ended: [],
  choiceNeeded: false,
  continues: false,
  path: [],
};

/** What a code of revision `from` is in revision `to`, later or earlier. Never picks one of several. */
export function resolve(index: HistoryIndex, code: Code, from: number, to: number): Resolution {
  const held = index.holderOf(code, from);
  return held === none ? unknown : resolveRange(index, held, from, to);
}

/** The same for a concept that revision `from` has in this range. */
export function resolveRange(index: HistoryIndex, held: number, from: number, to: number): Resolution {
  const meant = meantBy(index.rangeOf(held));
  if (index.isLive(held, to))
    if (index.successionsOf(index.conceptOf(held), from <= to ? 'forward' : 'backward').length === 0)
      return {
        status: 'unchanged',
        meant,
        results: [meant],
        ended: [],
        choiceNeeded: false,
        continues: false,
        path: [],
      };
  const concept = index.conceptOf(held);
  const standing = standingFor(index, concept, from, to);
  const [results, ended] = [meantIn(index, standing.live), meantIn(index, standing.ended)];
  const isDivided = results.length > 0 && results.length + ended.length > 1;
  return {
    status: statusOf(index, meant, { results, isDivided }, from, to),
    meant,
    results,
    ended,
    choiceNeeded: isDivided,
    continues: isDivided && results.some(({ conceptId }) => conceptId === meant.conceptId),
    path: pathOf(index, standing.reached, from, to),
  };
}

function meantIn(index: HistoryIndex, ranges: Standing['live']): Meant[] {
  return ranges.map((range) => meantBy(index.rangeOf(range))).sort(byCode);
}

function statusOf(
  index: HistoryIndex,
  meant: Meant,
  { results, isDivided }: { readonly results: readonly Meant[]; readonly isDivided: boolean },
  from: number,
  to: number,
): ResolutionStatus {
  const isForward = from <= to;
  const [only] = results;
  if (!only) return isForward ? 'retired' : 'created';
  if (isDivided) return isForward ? 'split' : 'merged';
  if (only.conceptId === meant.conceptId) return only.code === meant.code ? 'unchanged' : 'renumbered';
  const back = standingFor(index, index.find(only.conceptId) ?? none, to, from);
  if (back.live.length > 1) return isForward ? 'merged' : 'split';
  return 'replaced';
}

function byCode(a: Meant, b: Meant): number {
  return compareCodes(a.code ?? '', b.code ?? '') || (a.conceptId < b.conceptId ? -1 : 1);
}
