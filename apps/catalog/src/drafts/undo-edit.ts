import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { changeDraft, type DraftChange } from './change-draft.ts';
import { restoreOverlay } from './restore-overlay.ts';

/** Takes back the last edit of a draft that still stands. That is an edit as well: the version grows, and it is audited. */
export async function undoEdit(db: DataSource, change: DraftChange): Promise<DraftRow | Refusal> {
  return changeDraft(db, change, async (transaction) => {
    const last = sql`select number from draft_edit where draft_id = ${change.draftId} and not undone
      order by number desc limit 1`;
    return (
      (await turn(transaction, change.draftId, last, true)) ??
      refuse('nothing-to-undo', { title: say`There is no edit that could be undone`, status: 409 })
    );
  });
}

/** Does again what was undone last. */
export async function redoEdit(db: DataSource, change: DraftChange): Promise<DraftRow | Refusal> {
  return changeDraft(db, change, async (transaction) => {
    const next = sql`select number from draft_edit where draft_id = ${change.draftId} and undone
      order by number limit 1`;
    return (
      (await turn(transaction, change.draftId, next, false)) ??
      refuse('nothing-to-redo', { title: say`There is no undone edit that could be done again`, status: 409 })
    );
  });
}

/** @returns undefined when there is no such edit */
async function turn(db: Executor, draftId: string, which: ReturnType<typeof sql>, undone: boolean) {
  const [edit] = await run<{ number: number }>(db, which);
  if (!edit) return undefined;
  const refused = await restoreOverlay(db, draftId, edit.number, undone ? 'before' : 'after');
  if (refused) return refused;
  await run(
    db,
    sql`update draft_edit set undone = ${undone} where draft_id = ${draftId} and number = ${edit.number}`,
  );
  return {
    action: undone ? 'draft-edit-undone' : 'draft-edit-redone',
    details: { edit: edit.number },
  };
}
