import { refuse, run, sql, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { findFollower } from './find-follower.ts';
import { placementOf } from './placement.ts';
import { withoutPlace } from './refuse-without-place.ts';

/**
 * A draft of an edition from before the lowest revision that does not say so yet: it can only be placed there, and stands on
 * no map in force. One that was brought in as such is no other draft when its place is gone.
 */
export async function refuseUnplaced(db: EntityManager, draft: DraftRow): Promise<Refusal | null> {
  if (placementOf(draft)) return null;
  const { id, schemeId, edition } = draft;
  const follower = await findFollower(db, schemeId, edition);
  if (follower === null) return (await isOfHistory(db, id)) ? withoutPlace(db, draft) : null;
  return refuse('history-undecided', {
    title: say`The draft does not say that it is a historical edition`,
    status: 409,
    detail: say`Its edition was valid from ${edition.effectiveDate}, before revision ${follower}, the lowest one known: it is placed before that one, and takes nothing of what came since. Say from which day it was valid, and what became of its entries: PUT /api/v1/drafts/${id}/history. To come into force, it needs an edition of a later day.`,
  });
}

/** Whether the import that filled it last was of a historical edition. */
async function isOfHistory(db: EntityManager, draftId: string): Promise<boolean> {
  const [latest] = await run<{ isHistory: boolean }>(
    db,
    sql`
    select is_history as "isHistory" from import where draft_id = ${draftId} order by created_at desc limit 1`,
  );
  return latest?.isHistory ?? false;
}
