import { refuse, type Refusal } from '#platform';
import { meaningsIn, type Code, type ConceptId } from '#taxonomy';
import { say } from '#words';
import type { SchemeHistory } from '../resolve/scheme-histories.ts';

/** What a code stood for in an edition, from its first revision with it through the last one. */
export interface EditionMeaning {
  readonly conceptId: ConceptId;
  readonly from: number;
  readonly through: number;
}

/**
 * Each concept that had a code in the revisions of an edition, the first one first: what the permanent address of the code
 * stands for, whatever is published later.
 */
export function findEditionCode(
  { schemeId, index, timeline, head }: SchemeHistory,
  edition: string,
  code: Code,
): readonly [EditionMeaning, ...EditionMeaning[]] | Refusal {
  const revisions = timeline.numbersOf(edition);
  const byConcept = new Map<ConceptId, EditionMeaning>();
  for (const { meant, from, through } of meaningsIn(index, code, revisions, head)) {
    const conceptId = meant?.conceptId;
    if (conceptId)
      byConcept.set(conceptId, { conceptId, from: byConcept.get(conceptId)?.from ?? from, through });
  }
  const [first, ...others] = byConcept.values();
  if (first) return [first, ...others];
  return revisions.length > 0
    ? refuse('code-unknown', {
        title: say`The edition has no such code`,
        status: 404,
        detail: say`${edition} never had a code ${code}.`,
      })
    : refuse('edition-unknown', {
        title: say`There is no such edition`,
        status: 404,
        detail: say`${schemeId} has no published edition "${edition}".`,
      });
}
