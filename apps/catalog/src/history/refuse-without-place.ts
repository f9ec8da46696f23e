import type { Edition } from '#contracts';
import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { findFollower } from './find-follower.ts';
import { lowestOf } from './lowest-revision.ts';

interface Historical {
  readonly schemeId: string;
  readonly edition: Edition;
}

/** A historical edition stays one when an earlier one, or the same, was placed meanwhile; it has only lost its place. */
export async function refuseWithoutPlace(db: EntityManager, historical: Historical): Promise<Refusal | null> {
  const { schemeId, edition } = historical;
  return (await findFollower(db, schemeId, edition)) === null ? withoutPlace(db, historical) : null;
}

/** Of one that no revision follows: why it has no place. */
export async function withoutPlace(db: EntityManager, { schemeId, edition }: Historical): Promise<Refusal> {
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
