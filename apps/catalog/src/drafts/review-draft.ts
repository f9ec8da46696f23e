import { giveWay, type Executor } from '#platform';
import type { Change } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { readCodesOfEdition } from './codes-of-edition.ts';
import { endedByUndoing } from './ended-by-undoing.ts';
import { loadSurroundings } from './load-surroundings.ts';
import { readOverlay, type Overlay } from './overlay.ts';
import { changesOf, review, type Review } from './review.ts';

/** Reads a draft with the part of the map around it and says what it would do. */
export async function reviewDraft(db: Executor, draft: DraftRow, known?: Overlay): Promise<Review> {
  const overlay = known ?? (await readOverlay(db, draft.id));
  const around = await loadSurroundings(db, draft);
  const codesOfEdition = await readCodesOfEdition(db, draft, overlay.entries.values(), around.entries);
  const surroundings = { ...around, codesOfEdition };
  const reviewed = await giveWay(review(draft.schemeId, draft.edition, overlay, surroundings));
  return {
    ...reviewed,
    findings: [...reviewed.findings, ...endedByUndoing(draft, overlay, reviewed.changes)],
  };
}

/** Reads what an approved draft changes; it was checked when it was submitted. */
export async function readDraftChanges(db: Executor, draft: DraftRow): Promise<Change[]> {
  const [overlay, surroundings] = [await readOverlay(db, draft.id), await loadSurroundings(db, draft)];
  return changesOf(draft.edition, overlay, surroundings);
}
