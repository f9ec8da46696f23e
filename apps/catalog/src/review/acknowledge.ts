import { inTransaction, isRefusal, run, sql, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { readAcknowledgements } from './list-warnings.ts';

export interface Acknowledgement {
  readonly finding: string;
  readonly by: PersonId;
  readonly at: Date;
}

/**
 * Notes that somebody has seen warnings of a draft and accepts them.
 * @param findings names of warnings, as `findingKey` makes them
 * @returns all acknowledgements of the draft
 */
export async function acknowledge(
  db: DataSource,
  draftId: string,
  findings: readonly string[],
  by: PersonId,
): Promise<Acknowledgement[] | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'edit');
    if (isRefusal(draft)) return draft;
    await run(
      transaction,
      sql`
      insert into draft_acknowledgement (draft_id, finding, person_id, at)
      select distinct ${draftId}::uuid, finding, ${by}::uuid, now() from unnest(${findings}::text[]) finding
      on conflict do nothing`,
    );
    const details = { findings };
    await appendAudit(transaction, {
      actor: by,
      action: 'warnings-acknowledged',
      subject: `draft/${draftId}`,
      details,
    });
    return readAcknowledgements(transaction, draftId);
  });
}
