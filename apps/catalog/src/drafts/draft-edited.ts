import type { EntityManager } from 'typeorm';
import { appendAudit, type Act } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { recordEditor } from './draft-editors.ts';

/**
 * Last step of whatever changes what a draft says: it is open again, so that a submission or an approval is stale, at
 * its next version, and whoever did it cannot approve it.
 */
export async function draftEdited(
  db: EntityManager,
  draft: DraftRow,
  by: PersonId,
  { action, details = {} }: Pick<Act, 'action' | 'details'>,
): Promise<DraftRow> {
  const version = draft.version + 1;
  const stale = { submittedHash: null, submissionHash: null, plan: null };
  await db.update(DraftRow, { id: draft.id }, { state: 'open', version, ...stale });
  await recordEditor(db, draft.id, by);
  await appendAudit(db, {
    actor: by,
    action,
    subject: `draft/${draft.id}`,
    details: { ...details, version, ...(draft.state === 'open' ? {} : { was: draft.state }) },
  });
  return db.findOneByOrFail(DraftRow, { id: draft.id });
}
