import { isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { move } from '../review/move.ts';
import type { DraftAction } from '../review/states.ts';

/** A draft by id, whatever its state. */
export async function findDraft(db: EntityManager, id: string): Promise<DraftRow | Refusal> {
  const draft = await db.findOneBy(DraftRow, { id });
  return draft ?? refuse('draft-unknown', { title: say`There is no such draft`, status: 404 });
}

/** The same, locked until the end of the transaction, when its state allows what is to be done. */
export async function lockDraft(
  db: EntityManager,
  id: string,
  action: DraftAction,
): Promise<DraftRow | Refusal> {
  const draft = await db.findOne(DraftRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!draft) return refuse('draft-unknown', { title: say`There is no such draft`, status: 404 });
  const next = move(draft.state, action);
  return isRefusal(next) ? next : draft;
}
