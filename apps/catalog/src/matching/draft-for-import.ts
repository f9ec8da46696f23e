import { isDeepStrictEqual } from 'node:util';
import { isRefusal, refuse, run, sql, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { draftEdited } from '../drafts/draft-edited.ts';
import { openDraft, type FillDraft } from '../drafts/open-draft.ts';
import { findImport, type ImportRecord } from '../imports/files/import-record.ts';
import { stateInWords } from '../review/states-in-words.ts';

/**
 * The draft of this import, decided anew, or of the one that it replaces, emptied, when it holds nothing but that import; else a new one.
 * @param base the revision that it stands on
 * @param fill writes the rows of the import into it
 */
export async function draftForImport(
  db: EntityManager,
  record: ImportRecord,
  base: number | null,
  by: PersonId,
  fill: FillDraft,
): Promise<DraftRow | Refusal> {
  const { edition, schemeId, sourceSha256 } = record;
  const earlier = await earlierDraft(db, record);
  if (!earlier || !isDeepStrictEqual(earlier.edition, edition))
    return openDraft(
      db,
      schemeId,
      by,
      { edition, base, ...(sourceSha256 === null ? {} : { sourceSha256 }) },
      fill,
    );
  const refused = underReview(earlier) ?? (await editedByHand(db, earlier));
  if (refused) return refused;
  await run(db, sql`delete from draft_edit where draft_id = ${earlier.id}`);
  await run(db, sql`delete from draft_succession where draft_id = ${earlier.id}`);
  await run(db, sql`delete from draft_entry where draft_id = ${earlier.id}`);
  await db.update(DraftRow, { id: earlier.id }, { sourceSha256, baseRevision: base });
  await fill(earlier.id);
  return draftEdited(db, earlier, by, { action: 'draft-imported-again', details: { import: record.id } });
}

async function earlierDraft(
  db: EntityManager,
  { draftId, replaces }: ImportRecord,
): Promise<DraftRow | null> {
  const earlier = draftId !== null || replaces === null ? null : await findImport(db, replaces);
  const id = draftId ?? (earlier && !isRefusal(earlier) ? earlier.draftId : null);
  if (id === null) return null;
  const draft = await db.findOne(DraftRow, {
    where: { id },
    lock: { mode: 'pessimistic_write' },
  });
  return draft && !['published', 'discarded'].includes(draft.state) ? draft : null;
}

function underReview({ id, state }: DraftRow): Refusal | null {
  if (!['submitted', 'approved', 'sealed'].includes(state)) return null;
  return refuse('earlier-draft-in-review', {
    title: say`The draft of this import, or of the one that it replaces, is not open`,
    status: 409,
    detail: say`The draft ${id} is ${stateInWords[state]}. Withdraw it, then bring the rows in again; they take its place. The decisions of this import are kept.`,
  });
}

async function editedByHand(db: EntityManager, { id }: DraftRow): Promise<Refusal | null> {
  const [edited] = await run<{ edits: number }>(
    db,
    sql`select count(*) as edits from draft_edit where draft_id = ${id} and not undone`,
  );
  if (!edited?.edits) return null;
  return refuse('earlier-draft-edited', {
    title: say`The draft of this import, or of the one that it replaces, was edited by hand`,
    status: 409,
    detail: say`Edits of the draft ${id} that would be lost: ${edited.edits}. Undo them, or discard the draft; then bring the rows in again. The decisions of this import are kept.`,
  });
}
