import { refuse, type ProblemDetail, type Refusal } from '#platform';
import { say } from '#words';
import type { Adopted, Matched } from './match-records.ts';
import type { Activation } from './schemas.ts';

/**
 * The records that become ours: those beyond doubt, and what a person decided of the others. Every record that was asked
 * about needs a decision for one of its candidates, or for none; no concept gets two records.
 */
export function decideAdoption(
  targetId: string,
  fits: number,
  { adopted, asked }: Matched,
  { revision, decisions }: Activation,
): Adopted[] | Refusal {
  if (revision !== fits) {
    return refuse('observation-changed', {
      status: 409,
      title: say`The records fit another revision than the one that was seen`,
      detail: say`What "${targetId}" holds fits revision ${fits} now. Look at it again.`,
    });
  }
  const decided = new Map(decisions.map(({ externalId, conceptId }) => [externalId, conceptId]));
  const known = new Map(asked.map((question) => [question.record.externalId, question]));
  const taken = new Set(adopted.map(({ conceptId }) => conceptId));
  const problems: ProblemDetail[] = decisions.flatMap(({ externalId }, i) =>
    known.has(externalId)
      ? []
      : [{ path: `decisions.${i}.externalId`, message: say`Nobody asked about the record "${externalId}".` }],
  );
  const more: Adopted[] = [];
  for (const { record, candidates } of asked) {
    const { externalId } = record;
    const conceptId = decided.get(externalId);
    if (conceptId === undefined) {
      problems.push({
        code: record.content.code,
        message: say`The record "${externalId}" waits for a decision.`,
      });
    } else if (conceptId !== null && !candidates.some((candidate) => candidate.conceptId === conceptId)) {
      problems.push({
        code: record.content.code,
        message: say`"${conceptId}" is no candidate for "${externalId}".`,
      });
    } else if (conceptId !== null && taken.has(conceptId)) {
      problems.push({ code: record.content.code, message: say`"${conceptId}" has a record already.` });
    } else if (conceptId !== null) {
      taken.add(conceptId);
      more.push({ record, conceptId, by: 'decision' });
    }
  }
  if (problems.length === 0) return [...adopted, ...more];
  return refuse('decisions-incomplete', {
    title: say`Not everything is decided; the target stays as it is`,
    problems,
  });
}
