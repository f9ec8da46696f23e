import { refuse, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { findFollower } from './find-follower.ts';
import { placementOf } from './placement.ts';

/** A draft of an edition from before the lowest revision that does not say so yet: it can only be placed there, and stands on no map in force. */
export async function refuseUnplaced(db: Executor, draft: DraftRow): Promise<Refusal | null> {
  if (placementOf(draft)) return null;
  const { id, schemeId, edition } = draft;
  const follower = await findFollower(db, schemeId, edition);
  if (follower === null) return null;
  return refuse('history-undecided', {
    title: say`The draft does not say that it is a historical edition`,
    status: 409,
    detail: say`Its edition was valid from ${edition.effectiveDate}, before revision ${follower}, the lowest one known: it is placed before that one, and takes nothing of what came since. Say from which day it was valid, and what became of its entries: PUT /api/v1/drafts/${id}/history. To come into force, it needs an edition of a later day.`,
  });
}
