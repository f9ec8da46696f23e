import type { BulkDecision, MatchDecision } from '#contracts';
import type { Matching } from '#taxonomy';

/**
 * The single decisions that an act about many stands for, on the proposals as they are now. A new row takes the place of
 * those that end, as its origins of the same score say.
 */
export function chooseMany({ rows, retired }: Matching, act: BulkDecision): MatchDecision[] {
  if (act.accept === 'retirements')
    return retired
      .filter(({ how }) => how === 'open')
      .map(({ conceptId, successors }) => ({
        concept: conceptId,
        retired: true,
        successors: successors.filter(({ score }) => score >= act.minScore).map(({ rowId }) => rowId),
      }));
  const ends = new Set(retired.map(({ conceptId }) => conceptId));
  return rows.flatMap(({ rowId, how, proposals: [first], origins }): MatchDecision[] => {
    if (how !== 'open' || !first || first.score < act.minScore) return [];
    if (!act.evidence.every((evidence) => first.evidence.includes(evidence))) return [];
    if (first.conceptId === null) {
      const predecessors = origins.filter((tie) => tie.score >= act.minScore && ends.has(tie.conceptId));
      return [{ row: rowId, new: true, predecessors: predecessors.map(({ conceptId }) => conceptId) }];
    }
    return [{ row: rowId, same: first.conceptId }];
  });
}
