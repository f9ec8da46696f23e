import { inTransaction, isRefusal, refuseUnseen, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { move } from './move.ts';

/** Rejects, withdraws or discards a draft that is not sealed: a move of the state table, with a reason for the log. */
export async function setState(
  db: DataSource,
  draftId: string,
  by: PersonId,
  {
    action,
    reason,
    ifMatch = '*',
  }: {
    readonly action: 'reject' | 'withdraw' | 'discard';
    readonly reason?: string | undefined;
    /** Entity tag of the draft as it was seen. */
    readonly ifMatch?: string;
  },
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, action);
    if (isRefusal(draft)) return draft;
    const unseen = refuseUnseen(ifMatch, draft.version);
    if (unseen) return unseen;
    const state = move(draft.state, action);
    if (isRefusal(state)) return state;
    const version = draft.version + 1;
    await transaction.update(
      DraftRow,
      { id: draftId },
      { state, version, submittedHash: null, submissionHash: null, plan: null },
    );
    await appendAudit(transaction, {
      actor: by,
      action: `draft-${state}`,
      subject: `draft/${draftId}`,
      details: { was: draft.state, ...(reason === undefined ? {} : { reason }) },
    });
    return transaction.findOneByOrFail(DraftRow, { id: draftId });
  });
}
