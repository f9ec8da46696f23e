import { inTransaction, isRefusal, run, sql, type Refusal, type Sql } from '#platform';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { decideApproval } from './decide-approval.ts';

export interface Approval {
  readonly draftId: string;
  readonly by: PersonId;
  /** Of the submission that the approver looked at, 64 hexadecimal digits; the one that there is when left out. */
  readonly submissionHash?: string | undefined;
  /** The named actor that fills an empty catalog has nobody beside it. */
  readonly isBootstrap?: boolean;
}

/** Approves a submission of a draft by its hash; the draft counts as approved once enough people have. */
export async function approve(
  db: DataSource,
  { draftId, by, submissionHash: seenHash, isBootstrap = false }: Approval,
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'approve');
    if (isRefusal(draft)) return draft;
    const submissionHash = draft.submissionHash?.toString('hex') ?? '';
    const contentHash = draft.submittedHash?.toString('hex') ?? '';
    const isAlone = isBootstrap && draft.baseRevision === null;
    const decision = decideApproval({
      by,
      submissionHash,
      seenHash: seenHash ?? submissionHash,
      editors: isAlone
        ? new Set()
        : await peopleOf(transaction, sql`draft_editor where draft_id = ${draftId}`),
      approvedBy: await peopleOf(
        transaction,
        sql`draft_approval where draft_id = ${draftId} and version = ${draft.version}`,
      ),
      needed: isAlone ? 1 : (draft.approvalsNeeded ?? 1),
    });
    if (isRefusal(decision)) return decision;
    await run(
      transaction,
      sql`
      insert into draft_approval (draft_id, version, person_id, content_hash, submission_hash, at)
      values (${draftId}, ${draft.version}, ${by}, decode(${contentHash}, 'hex'), decode(${submissionHash}, 'hex'), now())`,
    );
    await transaction.update(DraftRow, { id: draftId }, { state: decision.state });
    const details = { contentHash, submissionHash, missing: decision.missing };
    await appendAudit(transaction, {
      actor: by,
      action: 'draft-approved',
      subject: `draft/${draftId}`,
      details,
    });
    return transaction.findOneByOrFail(DraftRow, { id: draftId });
  });
}

async function peopleOf(db: EntityManager, from: Sql): Promise<Set<PersonId>> {
  const rows = await run<{ id: PersonId }>(db, sql`select person_id as id from ${from}`);
  return new Set(rows.map(({ id }) => id));
}
