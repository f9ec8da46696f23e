import { inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import { successionsOf, type Change } from '#taxonomy';
import { say } from '#words';
import { LessThanOrEqual, type DataSource, type EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { headOf } from '../drafts/open-draft.ts';
import { readDraftChanges } from '../drafts/review-draft.ts';
import { refuseElsewhere } from '../drafts/refuse-elsewhere.ts';
import { refuseOutdated } from '../drafts/refuse-outdated.ts';
import { move } from '../review/move.ts';
import { editedMeanwhile } from '../review/submit.ts';
import { ensureEdition } from './ensure-edition.ts';
import { hashWritten } from './hash-written.ts';
import { logChanges } from './log-changes.ts';
import {
  countEntries,
  expectRows,
  learnRows,
  lockChangeLog,
  wakeRelay,
  writeRevision,
} from './publish.sql.ts';
import { writeSuccessions } from './write-successions.ts';

export interface Publication {
  readonly draftId: string;
  readonly by: PersonId;
  /** Europe/Rome day from which the revision is valid. */
  readonly effectiveDate: string;
  /** The Europe/Rome day that it is. What is sealed for it, or before it, comes into force first. */
  readonly today: string;
  /** A sealed set comes into force by itself on its day; everything else a person publishes. */
  readonly action?: 'publish' | 'cut-over';
}

export interface Published {
  readonly revision: RevisionRow;
  /** When COMMIT returned: milliseconds since 1970, with fractions. */
  readonly committedAtMs: number;
}

/**
 * Publishes a draft that was checked and approved. Comparing happens before, outside any lock; then one transaction,
 * under the lock that every writer of the change log takes: number the revision, close and open entries, hash what was
 * written and compare it with what was approved, write the change log, wake the relay. A first revision, where all is new
 * and most is written, is compared while Postgres writes it, on a connection that was asked for before the lock: under it
 * nothing waits for the pool, where everybody else may wait for the lock.
 * @returns the revision, or a refusal that changed nothing
 */
export async function publish(
  db: DataSource,
  { draftId, by, effectiveDate, today, action = 'publish' }: Publication,
): Promise<Published | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const state = move(draft.state, action);
  if (isRefusal(state)) return state;
  const stale = await refuseStale(db.manager, draft, effectiveDate);
  if (stale) return stale;
  const contentHash = (action === 'publish' ? draft.submittedHash : draft.sealedHash)?.toString('hex');
  if (contentHash === undefined) throw new Error(`the approved draft ${draftId} has no content hash`);
  const isFirst = draft.baseRevision === null;
  const comparing = compareApart(db, draft);
  // Where publishing ends earlier, it is not a rejection that nobody handles.
  comparing.catch(() => undefined);
  const compared = isFirst ? null : await comparing;
  const revision = await inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const locked = await lockDraft(transaction, draftId, action);
    if (isRefusal(locked)) return locked;
    const outdated =
      locked.version === draft.version
        ? await refuseStale(transaction, locked, effectiveDate)
        : editedMeanwhile();
    const due =
      outdated ?? (action === 'publish' ? await refuseDue(transaction, draft.schemeId, today) : null);
    if (due) return due;
    const editionId = await ensureEdition(transaction, draft);
    if (isRefusal(editionId)) return editionId;
    const number = (draft.baseRevision ?? 0) + 1;
    const count = compared?.length ?? (await countEntries(transaction, draftId));
    await expectRows(transaction, count);
    const elsewhere = await refuseElsewhere(transaction, draft);
    if (elsewhere) return elsewhere;
    const opened = { number, editionId, effectiveDate, contentHash, by, changes: count };
    const [changes] = await bothDone(comparing, writeRevision(transaction, draft, opened));
    if (changes.length !== count) throw new Error(`${changes.length} changes instead of ${count}`);
    const written = await hashWritten(transaction, draft.schemeId, { number, isFirst });
    if (written !== contentHash) return refuseUnapproved(contentHash, written);
    await writeSuccessions(transaction, draft.schemeId, successionsOf(changes, number));
    const subject = `scheme/${draft.schemeId}`;
    const details = { draft: draftId, revision: number, effectiveDate, contentHash, changes: count };
    const auditHead = await appendAudit(transaction, {
      actor: by,
      action: action === 'publish' ? 'revision-published' : 'sealed-set-in-force',
      subject,
      details,
    });
    const row = await transaction.findOneByOrFail(RevisionRow, { schemeId: draft.schemeId, number });
    const { publishedAt } = row;
    await logChanges(transaction, draft, { ...opened, publishedAt }, changes, auditHead);
    await learnRows(transaction, count);
    await wakeRelay(transaction);
    return row;
  });
  const committedAtMs = performance.timeOrigin + performance.now();
  return isRefusal(revision) ? revision : { revision, committedAtMs };
}

/** Compares on one connection of its own, which it gives back by itself. */
async function compareApart(db: DataSource, draft: DraftRow): Promise<Change[]> {
  const runner = db.createQueryRunner();
  try {
    return await readDraftChanges(runner, draft);
  } finally {
    await runner.release();
  }
}

/** Nothing goes on when one of two has failed: the transaction ends only after both. */
async function bothDone<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** A draft is published on the revision that it stands on, for no day before that revision's. */
async function refuseStale(
  db: EntityManager,
  draft: DraftRow,
  effectiveDate: string,
): Promise<Refusal | null> {
  const head = await headOf(db, draft.schemeId);
  if (head && effectiveDate < head.inForceFrom)
    return refuse('date-before-base', {
      title: say`A revision cannot be valid before the one it follows`,
      detail: say`Revision ${head.number} is valid from ${head.inForceFrom}; ${effectiveDate} is earlier.`,
    });
  return refuseOutdated(db, draft);
}

/** What is published is what was approved, to the last letter. */
function refuseUnapproved(approved: string, written: string): Refusal {
  return refuse('approval-stale', {
    title: say`The draft is not what was approved`,
    status: 409,
    detail: say`Approved is the content hash ${approved}, the draft has ${written}. Submit it again.`,
  });
}

/** A day that has come is not overtaken by what is published on it. */
async function refuseDue(db: EntityManager, schemeId: string, today: string): Promise<Refusal | null> {
  const isDue = await db.existsBy(DraftRow, {
    schemeId,
    state: 'sealed',
    effectiveDate: LessThanOrEqual(today),
  });
  if (!isDue) return null;
  return refuse('sealed-set-due', {
    title: say`A sealed set comes into force in this moment`,
    status: 409,
    detail: say`Nothing was changed. Send the same request again in a few seconds.`,
  });
}
