import { inTransaction, isRefusal, refuseUnseen, type Refusal } from '#platform';
import type { DataSource, EntityManager } from 'typeorm';
import type { Act } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { draftEdited } from './draft-edited.ts';
import { lockDraft } from './find-draft.ts';

/** Who changes which draft, and in which state they have seen it. */
export interface DraftChange {
  readonly draftId: string;
  readonly by: PersonId;
  /** Entity tag of the draft as its editor has seen it, or `*`. */
  readonly ifMatch: string;
}

/** What was done, for the audit log. */
export type Done = Pick<Act, 'action' | 'details'>;

/**
 * The one door through which a person changes what a draft says: its state allows it and is what they saw, nobody else
 * changes it meanwhile, its version grows, and they are remembered as its editor. A refusal changes nothing.
 */
export async function changeDraft(
  db: DataSource,
  { draftId, by, ifMatch }: DraftChange,
  work: (transaction: EntityManager, draft: DraftRow) => Promise<Done | Refusal>,
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'edit');
    if (isRefusal(draft)) return draft;
    const unseen = refuseUnseen(ifMatch, draft.version);
    if (unseen) return unseen;
    const done = await work(transaction, draft);
    return isRefusal(done) ? done : draftEdited(transaction, draft, by, done);
  });
}
