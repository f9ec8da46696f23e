import type { SealedEvent } from '#contracts';
import { isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { findDraft } from '../drafts/find-draft.ts';
import { placementOf } from '../history/placement.ts';
import { refuseUnplaced } from '../history/refuse-unplaced.ts';
import { today } from '../publication/effective-date.ts';
import { publish, type Published } from '../publication/publish.ts';
import { refuseDay } from '../review/refuse-day.ts';
import { refuseUnapproved } from '../review/refuse-unapproved.ts';
import { setState } from '../review/set-state.ts';
import { cutOver } from './cut-over.ts';
import { reseal } from './reseal.ts';
import { seal } from './seal.ts';
import { withdrawSealed } from './withdraw-sealed.ts';

export interface Asked {
  readonly draftId: string;
  readonly by: PersonId;
  /**
   * A Europe/Rome day: until today it is published, later it is sealed. When left out, the day of the edition that the
   * draft brings, which was approved with it; else today.
   */
  readonly effectiveDate?: string | undefined;
  readonly now: Date;
}

/** Publishes an approved draft, or seals it for a day to come. What was sealed for today comes into force first. */
export async function publishOrSeal(
  db: DataSource,
  asked: Asked,
): Promise<Published | SealedEvent | Refusal> {
  const { draftId, by, now } = asked;
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const history = placementOf(draft) ? refuseHistory(draft) : await refuseUnplaced(db.manager, draft);
  if (history) return history;
  const effectiveDate = asked.effectiveDate ?? (await dayOfNewEdition(db, draft)) ?? today(now);
  await cutOver(db, draft.schemeId, now);
  if (draft.state === 'submitted') return refuseUnapproved(db.manager, draft);
  const unseen =
    draft.state === 'approved' ? await refuseDay(db.manager, draft, effectiveDate, today(now)) : null;
  if (unseen) return unseen;
  if (effectiveDate <= today(now)) return publish(db, { draftId, by, effectiveDate, today: today(now) });
  const sealed = await seal(db, { draftId, by, effectiveDate, now });
  if (!isRefusal(sealed)) await reseal(db, draft.schemeId, now);
  return sealed;
}

function refuseHistory({ id, schemeId }: DraftRow): Refusal {
  return refuse('draft-is-history', {
    title: say`The draft is a historical edition`,
    status: 409,
    detail: say`It is placed before the first revision: POST /api/v1/schemes/${schemeId}/history. To publish it, DELETE /api/v1/drafts/${id}/history first.`,
  });
}

async function dayOfNewEdition(db: DataSource, { schemeId, edition }: DraftRow): Promise<string | undefined> {
  const isKnown = await db.manager.existsBy(EditionRow, { schemeId, label: edition.label });
  return isKnown ? undefined : edition.effectiveDate;
}

/** Takes a draft back, sealed or not; a set whose day has come is in force by then and cannot be. */
export async function withdraw(
  db: DataSource,
  draftId: string,
  by: PersonId,
  { reason, now }: { readonly reason?: string | undefined; readonly now: Date },
): Promise<DraftRow | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  if (draft.state !== 'sealed') return setState(db, draftId, by, { action: 'withdraw', reason });
  await cutOver(db, draft.schemeId, now);
  const withdrawn = await withdrawSealed(db, draftId, by, { reason, now });
  if (!isRefusal(withdrawn)) await reseal(db, draft.schemeId, now);
  return withdrawn;
}
