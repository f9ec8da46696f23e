import { inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { findDraft, lockOpenDraft } from '../drafts/find-draft.ts';
import { headOf } from '../drafts/open-draft.ts';
import { reviewDraft } from '../drafts/review-draft.ts';
import type { Review } from '../drafts/review.ts';
import { ensureEdition } from './ensure-edition.ts';
import { hashWritten } from './hash-written.ts';
import { logChanges } from './log-changes.ts';
import { lockChangeLog, wakeRelay, writeRevision } from './publish.sql.ts';

export interface Publication {
  readonly draftId: string;
  readonly by: PersonId;
  /** Europe/Rome day from which the revision is valid. */
  readonly effectiveDate: string;
}

export interface Published {
  readonly revision: RevisionRow;
  /** When COMMIT returned: milliseconds since 1970, with fractions. */
  readonly committedAtMs: number;
}

/**
 * Publishes a draft. Comparing, checking and hashing happen before, outside any lock; then one transaction, under the
 * lock that every writer of the change log takes: number the revision, close and open entries, hash what was
 * written and compare it with the expectation, write the change log, wake the relay.
 * @returns the revision, or a refusal that changed nothing
 */
export async function publish(
  db: DataSource,
  { draftId, by, effectiveDate }: Publication,
): Promise<Published | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const stale = await refuseStale(db.manager, draft, effectiveDate);
  if (stale) return stale;
  const reviewed = await reviewDraft(db, draft);
  const refusal = refuseReview(reviewed);
  if (refusal) return refusal;
  const revision = await inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const locked = await lockOpenDraft(transaction, draftId);
    if (isRefusal(locked)) return locked;
    const outdated =
      locked.version === draft.version
        ? await refuseStale(transaction, locked, effectiveDate)
        : editedMeanwhile();
    if (outdated) return outdated;
    const editionId = await ensureEdition(transaction, draft);
    if (isRefusal(editionId)) return editionId;
    const number = (draft.baseRevision ?? 0) + 1;
    const { contentHash, changes } = reviewed;
    if (contentHash === null) throw new Error('a review without errors has a content hash');
    const opened = { number, editionId, effectiveDate, contentHash, by, changes: changes.length };
    await writeRevision(transaction, draft, opened);
    const written = await hashWritten(transaction, draft.schemeId, number);
    if (written !== contentHash)
      throw new Error(
        `revision ${number} of ${draft.schemeId} hashes to ${written}, expected ${contentHash}`,
      );
    const subject = `scheme/${draft.schemeId}`;
    const details = { draft: draftId, revision: number, effectiveDate, contentHash, changes: changes.length };
    const auditHead = await appendAudit(transaction, {
      actor: by,
      action: 'revision-published',
      subject,
      details,
    });
    await logChanges(transaction, draft, opened, changes, auditHead);
    await wakeRelay(transaction);
    return transaction.findOneByOrFail(RevisionRow, { schemeId: draft.schemeId, number });
  });
  const committedAtMs = performance.timeOrigin + performance.now();
  return isRefusal(revision) ? revision : { revision, committedAtMs };
}

/** A draft stands on one revision and can be published on no other, nor for a day before it. */
async function refuseStale(
  db: EntityManager,
  draft: DraftRow,
  effectiveDate: string,
): Promise<Refusal | null> {
  const head = await headOf(db, draft.schemeId);
  if (head && effectiveDate < head.inForceFrom)
    return refuse('date-before-base', {
      title: 'A revision cannot be valid before the one it follows',
      detail: `Revision ${head.number} is valid from ${head.inForceFrom}; ${effectiveDate} is earlier.`,
    });
  if ((head?.number ?? null) === draft.baseRevision) return null;
  return refuse('draft-outdated', {
    title: 'Another revision came into force meanwhile',
    status: 409,
    detail: `The draft stands on revision ${draft.baseRevision ?? 'none'}, in force is ${head?.number ?? 'none'}. Open a new draft on it and repeat the edits.`,
  });
}

function refuseReview({ changes, findings }: Review): Refusal | null {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse('draft-has-errors', {
      title: 'The draft has errors',
      problems: errors.map(problemOfFinding),
    });
  if (changes.length === 0) return refuse('draft-empty', { title: 'The draft changes nothing' });
  return null;
}

function problemOfFinding({ severity: _, ...finding }: Finding): Omit<Finding, 'severity'> {
  return finding;
}

function editedMeanwhile(): Refusal {
  return refuse('draft-edited', {
    title: 'The draft was edited meanwhile',
    status: 409,
    detail: 'Look at it again, then publish.',
  });
}
