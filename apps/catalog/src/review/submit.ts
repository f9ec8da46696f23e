import { inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { SchemeRow } from '../database/entities/scheme.entity.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { refuseElsewhere } from '../drafts/refuse-elsewhere.ts';
import { refuseOutdated } from '../drafts/refuse-outdated.ts';
import { reviewToSubmit, warningsOf } from '../drafts/review-in-full.ts';
import { placementOf } from '../history/placement.ts';
import { refuseOvertaken } from '../history/refuse-overtaken.ts';
import { refuseUnplaced } from '../history/refuse-unplaced.ts';
import { refuseLabel } from '../publication/refuse-label.ts';
import { readAcknowledgements } from './list-warnings.ts';
import { move } from './move.ts';
import { refuseReview } from './refuse-review.ts';
import { refuseWarnings } from './refuse-warnings.ts';
import { noConnector, nothingDelivered, type PlanOf } from '../impact/plan-of-draft.ts';
import { submissionHash } from './submission-hash.ts';

/**
 * Submits a draft for approval: checks the map that it makes and freezes a hash of all that is approved and how many
 * people must, outside any lock. What it means for targets is part of that, where the connector can be asked. Warnings that the map in force does not have must have been acknowledged by name.
 */
export async function submit(
  db: DataSource,
  draftId: string,
  by: PersonId,
  planOf: PlanOf = noConnector,
): Promise<DraftRow | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const state = move(draft.state, 'submit');
  if (isRefusal(state)) return state;
  const outdated = (await refuseStale(db.manager, draft)) ?? (await refuseElsewhere(db.manager, draft));
  if (outdated) return outdated;
  const placement = placementOf(draft);
  const reviewed = await reviewToSubmit(db.manager, draft);
  const refusal =
    refuseReview(reviewed, placement !== null) ??
    refuseWarnings(warningsOf(reviewed), await readAcknowledgements(db, draftId)) ??
    (await refuseLabel(db, { schemeId: draft.schemeId, draftId, edition: draft.edition }, 'published'));
  if (refusal) return refusal;
  const { plan, reason: noPlan } = await (placement ? nothingDelivered : planOf)(draft, reviewed.changes);
  const submission = submissionHash(draft, reviewed, plan);
  return inTransaction(db, async (transaction) => {
    const locked = await lockDraft(transaction, draftId, 'submit');
    if (isRefusal(locked)) return locked;
    if (locked.version !== draft.version) return editedMeanwhile();
    const outdatedNow = await refuseStale(transaction, locked);
    if (outdatedNow) return outdatedNow;
    const version = draft.version + 1;
    const { approvals } = await transaction.findOneByOrFail(SchemeRow, { id: draft.schemeId });
    await transaction.update(
      DraftRow,
      { id: draftId },
      {
        state,
        version,
        submittedHash: Buffer.from(reviewed.contentHash ?? '', 'hex'),
        submissionHash: Buffer.from(submission, 'hex'),
        approvalsNeeded: approvals,
        plan,
      },
    );
    const { contentHash, changes } = reviewed;
    const details = {
      contentHash,
      submissionHash: submission,
      changes,
      version,
      ...(plan ? {} : { noPlan }),
    };
    await appendAudit(transaction, {
      actor: by,
      action: 'draft-submitted',
      subject: `draft/${draftId}`,
      details,
    });
    return transaction.findOneByOrFail(DraftRow, { id: draftId });
  });
}

/** Where a historical edition is placed does not depend on what is in force, only on what is the lowest revision. */
async function refuseStale(db: EntityManager, draft: DraftRow): Promise<Refusal | null> {
  const placement = placementOf(draft);
  if (placement) return refuseOvertaken(db, draft.schemeId, placement);
  return (await refuseUnplaced(db, draft)) ?? refuseOutdated(db, draft);
}

export function editedMeanwhile(): Refusal {
  return refuse('draft-edited', {
    title: say`The draft was edited meanwhile`,
    status: 409,
    detail: say`Look at it again, then repeat what you did.`,
  });
}
