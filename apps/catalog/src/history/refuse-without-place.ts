import type { Edition } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { findFollower } from './find-follower.ts';
import { lowestOf } from './lowest-revision.ts';

/** A historical edition stays one when an earlier one, or the same, was placed meanwhile; it has only lost its place. */
export async function refuseWithoutPlace(
  db: EntityManager,
  { schemeId, edition }: { readonly schemeId: string; readonly edition: Edition },
): Promise<Refusal | null> {
  if ((await findFollower(db, schemeId, edition)) !== null) return null;
  const { label, effectiveDate } = edition;
  const lowest = await lowestOf(db, schemeId);
  return refuse('history-without-place', {
    title: say`The historical edition has no place any more`,
    status: 409,
    detail:
      lowest && lowest.inForceFrom <= effectiveDate
        ? say`It was valid from ${effectiveDate}, and nothing is placed between known revisions: the lowest one is ${lowest.number} now, valid from ${lowest.inForceFrom}.`
        : say`An edition ${label} is known already.`,
  });
}
