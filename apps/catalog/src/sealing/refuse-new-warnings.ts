import { inTransaction, isRefusal, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { findingKey } from '../review/finding-key.ts';
import { editedMeanwhile } from '../review/submit.ts';
import { refuseWarnings } from '../review/refuse-warnings.ts';
import type { Reasons } from './conflicts.ts';
import { storeConflicts } from './release-set.ts';

/** Nothing but warnings, which a person can acknowledge, keeps a draft from a map. */
export function isOnlyWarnings({ conflicts, findings }: Reasons): boolean {
  return conflicts.length === 0 && findings.every(({ severity }) => severity === 'warning');
}

/**
 * Refuses to seal an approved draft that has warnings on the map of its day which it did not have when it was approved.
 * They are kept beside it: some exist only together with what is sealed before it, and people must find them to
 * acknowledge them.
 */
export async function refuseNewWarnings(
  db: DataSource,
  { id: draftId, version }: Pick<DraftRow, 'id' | 'version'>,
  by: PersonId,
  findings: readonly Finding[],
): Promise<Refusal> {
  const kept = await inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'seal');
    if (isRefusal(draft)) return draft;
    if (draft.version !== version) return editedMeanwhile();
    await storeConflicts(transaction, draftId, { conflicts: [], findings });
    const details = { findings: findings.map(findingKey) };
    await appendAudit(transaction, {
      actor: by,
      action: 'warnings-found',
      subject: `draft/${draftId}`,
      details,
    });
    return draft;
  });
  return isRefusal(kept) ? kept : (refuseWarnings(findings, []) ?? editedMeanwhile());
}
