import { inTransaction, isRefusal, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { releaseSet } from './release-set.ts';

/** Takes back a sealed set before its day, and tells everybody. Those after it are brought onto what is left by `reseal`. */
export async function withdrawSealed(
  db: DataSource,
  draftId: string,
  by: PersonId,
  { reason, now }: { readonly reason?: string | undefined; readonly now: Date },
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const draft = await lockDraft(transaction, draftId, 'withdraw');
    if (isRefusal(draft)) return draft;
    const { schemeId, effectiveDate } = draft;
    await releaseSet(transaction, { schemeId, draftId, effectiveDate: effectiveDate ?? '' }, now);
    await wakeRelay(transaction);
    const details = { was: 'sealed', effectiveDate, ...(reason === undefined ? {} : { reason }) };
    await appendAudit(transaction, {
      actor: by,
      action: 'draft-withdrawn',
      subject: `draft/${draftId}`,
      details,
    });
    return transaction.findOneByOrFail(DraftRow, { id: draftId });
  });
}
