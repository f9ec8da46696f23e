import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { headOf } from './open-draft.ts';

/** A draft stands on one revision; on another it means something else, and must be brought there first. */
export async function refuseOutdated(db: EntityManager, draft: DraftRow): Promise<Refusal | null> {
  const head = await headOf(db, draft.schemeId);
  if ((head?.number ?? null) === draft.baseRevision) return null;
  return refuse('draft-outdated', {
    title: say`Another revision came into force meanwhile`,
    status: 409,
    detail: say`The draft stands on revision ${draft.baseRevision ?? '–'}, in force is ${head?.number ?? '–'}. Rebase it (POST /api/v1/drafts/${draft.id}/rebase), look at what both changed, and submit it again.`,
  });
}
