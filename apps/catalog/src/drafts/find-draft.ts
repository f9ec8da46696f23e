import { refuse, type Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import { DraftRow } from '../database/entities/draft.entity.ts';

/** A draft by id, whatever its state. */
export async function findDraft(db: EntityManager, id: string): Promise<DraftRow | Refusal> {
  const draft = await db.findOneBy(DraftRow, { id });
  return draft ?? refuse('draft-unknown', { title: 'There is no such draft', status: 404 });
}

/** The same, locked until the end of the transaction, and only while it can still be edited. */
export async function lockOpenDraft(db: EntityManager, id: string): Promise<DraftRow | Refusal> {
  const draft = await db.findOne(DraftRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!draft) return refuse('draft-unknown', { title: 'There is no such draft', status: 404 });
  if (draft.state === 'open') return draft;
  return refuse('draft-closed', {
    title: 'The draft is not open any more',
    status: 409,
    detail: `It is ${draft.state}.`,
  });
}
