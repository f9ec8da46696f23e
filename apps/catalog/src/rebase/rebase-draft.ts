import type { Resolution } from '#contracts';
import { inTransaction, isRefusal, refuse, refuseUnseen, type Refusal } from '#platform';
import { say, type Sentence } from '#words';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { draftEdited } from '../drafts/draft-edited.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { placementOf } from '../history/placement.ts';
import { refuseUnplaced } from '../history/refuse-unplaced.ts';
import { move } from '../review/move.ts';
import { editedMeanwhile } from '../review/submit.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';
import { successorsField } from '../sealing/contradicted-successions.ts';
import { mergeOnto } from '../sealing/merge-onto.ts';
import { chainMark, readChangesOf, readHead } from '../sealing/read-chain.ts';
import { refuseUnresolved } from '../sealing/refuse-conflicts.ts';
import { storeConflicts } from '../sealing/release-set.ts';
import { baseOn } from '../sealing/seal.ts';
import { writeStanding } from '../sealing/write-standing.ts';
import { resolveConflicts } from './resolve-conflicts.ts';

export interface Rebase {
  readonly draftId: string;
  readonly by: PersonId;
  /** Onto the map of a day to come, with what is sealed until then; onto the one in force when left out. */
  readonly effectiveDate?: string | undefined;
  readonly resolutions: readonly Resolution[];
  /** Entity tag of the draft as it was seen, or `*`. */
  readonly ifMatch?: string;
}

/**
 * Brings a draft onto what is in force now. What only one side changed is taken; what both changed is stored for a
 * person and, as long as it is not decided, refused with all of it. A historical edition stands on no map in force, and
 * takes nothing of what came since.
 */
export async function rebaseDraft(db: DataSource, asked: Rebase): Promise<DraftRow | Refusal> {
  const { draftId, by, effectiveDate, resolutions, ifMatch = '*' } = asked;
  const found = await findDraft(db.manager, draftId);
  if (isRefusal(found)) return found;
  const state = move(found.state, 'edit');
  if (isRefusal(state)) return state;
  const history = placementOf(found) ? refuseHistory() : await refuseUnplaced(db.manager, found);
  if (history) return history;
  const unseen = refuseUnseen(ifMatch, found.version);
  if (unseen) return unseen;
  const { schemeId } = found;
  const mark = await chainMark(db.manager, schemeId);
  const base =
    effectiveDate === undefined
      ? await readHead(db.manager, schemeId)
      : await baseOn(db.manager, schemeId, effectiveDate);
  if (!base) return refuse('nothing-in-force', { title: say`There is no map in force yet`, status: 409 });
  const changes = await readChangesOf(db.manager, found);
  const { overlay, edition, conflicts } = mergeOnto(changes, base);
  const resolved = resolveConflicts(edition, overlay, base.entries, conflicts, resolutions);
  const unmet = resolved.open.length > 0 ? resolutions.filter((each) => !meets(each, conflicts)) : [];
  if (resolved.unfit.length + unmet.length > 0) return refuseResolutions(resolved.unfit, unmet, conflicts);
  if (resolved.open.length > 0) {
    const kept = await keepConflicts(db, found, by, resolved.open);
    if (isRefusal(kept)) return kept;
    return refuseUnresolved(resolved.open, [base.entries, overlay.entries, changes.before]);
  }
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'edit');
    if (isRefusal(draft)) return draft;
    if (draft.version !== found.version || (await chainMark(transaction, schemeId)) !== mark)
      return editedMeanwhile();
    await writeStanding(transaction, draft, resolved.overlay, { ...base, edition });
    await storeConflicts(transaction, draftId, { conflicts: [], findings: [] });
    const details = {
      from: found.baseRevision,
      onto: base.contentHash,
      resolutions: resolutions.map(({ conceptId, field, take }) => `${conceptId} ${field}: ${take}`),
    };
    return draftEdited(transaction, draft, by, { action: 'draft-rebased', details });
  });
}

function refuseHistory(): Refusal {
  return refuse('draft-is-history', {
    title: say`The draft is a historical edition`,
    status: 409,
    detail: say`It is placed before the first revision, and what has come into force since it was opened does not touch it: there is nothing to rebase.`,
  });
}

/** What a person must decide is found again, and who asked for it is audited; the draft says what it said. */
async function keepConflicts(
  db: DataSource,
  { id: draftId, version }: DraftRow,
  by: PersonId,
  conflicts: readonly DraftConflict[],
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'edit');
    if (isRefusal(draft)) return draft;
    if (draft.version !== version) return editedMeanwhile();
    await storeConflicts(transaction, draftId, { conflicts, findings: [] });
    const details = { conflicts: conflicts.map(({ conceptId, field }) => `${conceptId} ${field}`) };
    await appendAudit(transaction, {
      actor: by,
      action: 'conflicts-found',
      subject: `draft/${draftId}`,
      details,
    });
    return draft;
  });
}

const meets = (resolution: Resolution, conflicts: readonly DraftConflict[]): boolean =>
  conflicts.some(({ conceptId, field }) => conceptId === resolution.conceptId && field === resolution.field);

const problem = ({ conceptId, field }: Resolution, message: Sentence) => ({
  path: `${conceptId}/${field}`,
  rule: 'resolution',
  message,
});

/** @param unmet decisions about what is no conflict, while others wait for one */
function refuseResolutions(
  unfit: readonly Resolution[],
  unmet: readonly Resolution[],
  conflicts: readonly DraftConflict[],
): Refusal {
  const named = conflicts.slice(0, 20).map(({ conceptId, field }) => `${conceptId}/${field}`);
  return refuse('resolutions-refused', {
    title: say`Some decisions do not fit the conflicts of the draft`,
    problems: [
      ...unfit.map((each) =>
        problem(
          each,
          each.field === successorsField
            ? say`The entry has ended in the map, and a draft does not take back who took its place there. Take theirs; then say in the draft what becomes of those.`
            : say`The value for ${each.field} does not have the form of that field.`,
        ),
      ),
      ...unmet.map((each) =>
        problem(
          each,
          say`There is no conflict about ${each.field} of this concept; there is: ${named.join(', ')}.`,
        ),
      ),
    ],
  });
}
