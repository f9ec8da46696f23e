import { isRefusal, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import { findDraft } from '../drafts/find-draft.ts';
import { reviewToSubmit, warningsOf } from '../drafts/review-in-full.ts';
import { noteAcknowledgements } from './acknowledge.ts';
import { findingKey } from './finding-key.ts';

/** Acknowledges every warning that a draft brings, one by one by its name. */
export async function acknowledgeAll(
  db: DataSource,
  draftId: string,
  by: PersonId,
): Promise<readonly string[] | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const names = warningsOf(await reviewToSubmit(db.manager, draft)).map(findingKey);
  if (names.length === 0) return names;
  const acknowledged = await noteAcknowledgements(db, draft, names, by);
  return isRefusal(acknowledged) ? acknowledged : names;
}
