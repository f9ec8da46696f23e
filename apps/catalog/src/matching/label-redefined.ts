import { isDeepStrictEqual } from 'node:util';
import type { Matching, RowMatch } from '#taxonomy';
import { keepUnmentioned, mentionedIn } from './keep-unmentioned.ts';
import type { MatchProblem } from './match-problem.ts';

/** Adds to rows the label that their notes differ from those of the entry that they are; what a file never mentions stays. */
export function labelRedefined(
  { rows, entries, base }: Pick<MatchProblem, 'rows' | 'entries' | 'base'>,
  matching: Matching,
): Matching {
  const mentioned = mentionedIn(rows);
  if (mentioned.notes.size === 0) return matching;
  const isRedefined = ({ rowId, conceptId }: RowMatch): boolean => {
    const [entry, inForce] = [entries.get(rowId), conceptId === null ? undefined : base.get(conceptId)];
    if (!entry || !inForce) return false;
    return !isDeepStrictEqual(keepUnmentioned(entry, inForce, mentioned).notes, inForce.notes);
  };
  const labelled = (row: RowMatch): RowMatch =>
    isRedefined(row) ? { ...row, labels: [...row.labels, 'redefined'] } : row;
  return { ...matching, rows: matching.rows.map(labelled) };
}
