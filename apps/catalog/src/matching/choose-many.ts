import type { BulkDecision, MatchDecision } from '#contracts';
import type { Matching } from '#taxonomy';

/** The single decisions that an act about many stands for, on the proposals as they are now. */
export function chooseMany({ rows, retired }: Matching, act: BulkDecision): MatchDecision[] {
  if (act.accept === 'retirements')
    return retired
      .filter(({ how }) => how === 'open')
      .map(({ conceptId, successors }) => ({
        concept: conceptId,
        retired: true,
        successors: successors.filter(({ score }) => score >= act.minScore).map(({ rowId }) => rowId),
      }));
  return rows.flatMap(({ rowId, how, proposals: [first] }): MatchDecision[] => {
    if (how !== 'open' || !first || first.score < act.minScore) return [];
    if (!act.evidence.every((evidence) => first.evidence.includes(evidence))) return [];
    if (first.conceptId === null) return [{ row: rowId, new: true, predecessors: [] }];
    return [{ row: rowId, same: first.conceptId }];
  });
}
