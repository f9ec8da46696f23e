import { isRefusal, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import { approve } from '../review/approve.ts';
import { submit } from '../review/submit.ts';
import { acknowledgeAll } from '../review/acknowledge-all.ts';
import { publish, type Published } from '../publication/publish.ts';
import { approver, editor } from './people.ts';

/** Takes a draft through review and publishes it: warnings acknowledged and submitted by the editor, approved by another. */
export async function publishDraft(
  db: DataSource,
  draftId: string,
  effectiveDate = '2026-11-23',
): Promise<Published | Refusal> {
  const approved = await approveDraft(db, draftId);
  return isRefusal(approved)
    ? approved
    : publish(db, { draftId, by: approver, effectiveDate, today: effectiveDate });
}

export async function approveDraft(db: DataSource, draftId: string): Promise<string | Refusal> {
  const acknowledged = await acknowledgeAll(db, draftId, editor);
  if (isRefusal(acknowledged)) return acknowledged;
  const submitted = await submit(db, draftId, editor);
  if (isRefusal(submitted)) return submitted;
  const approved = await approve(db, { draftId, by: approver });
  return isRefusal(approved) ? approved : draftId;
}
