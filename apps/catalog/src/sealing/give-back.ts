import { inTransaction, isRefusal } from '#platform';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import { personOf, type PersonId } from '../audit/person.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import type { Reasons } from './conflicts.ts';
import type { SealedRow } from './read-chain.ts';
import { releaseSet } from './release-set.ts';

/** Gives a set that cannot come into force back to a person, with the reasons, unless it has changed meanwhile. */
export async function giveBack(db: DataSource, set: SealedRow, reasons: Reasons, now: Date): Promise<void> {
  const by = await personOf(db, { id: 'sealing' });
  await inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const draft = await lockDraft(transaction, set.id, 'return');
    if (isRefusal(draft) || draft.version !== set.version) return;
    await returnSet(transaction, set, reasons, { by, now });
    await wakeRelay(transaction);
  });
}

/** The same as a part of a transaction that holds the lock of the change log. */
export async function returnSet(
  db: EntityManager,
  { id: draftId, schemeId, effectiveDate }: Pick<SealedRow, 'id' | 'schemeId' | 'effectiveDate'>,
  { conflicts, findings }: Reasons,
  { by, now }: { readonly by: PersonId; readonly now: Date },
): Promise<void> {
  await releaseSet(db, { schemeId, draftId, effectiveDate, reasons: { conflicts, findings } }, now);
  const details = {
    conflicts: conflicts.map(({ conceptId, field }) => `${conceptId} ${field}`),
    findings: findings.map(({ message }) => message),
  };
  await appendAudit(db, { actor: by, action: 'set-returned', subject: `draft/${draftId}`, details });
}
