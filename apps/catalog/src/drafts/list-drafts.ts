import type { EntityManager } from 'typeorm';
import { DraftRow } from '../database/entities/draft.entity.ts';
import { draftView, type DraftView } from './draft-view.ts';

export interface DraftsPage {
  readonly state?: DraftRow['state'];
  readonly cursor?: string;
  readonly limit: number;
}

/** Drafts of a scheme, the newest first. */
export async function listDrafts(
  db: EntityManager,
  schemeId: string,
  { state, cursor, limit }: DraftsPage,
): Promise<{ items: DraftView[]; next: string | null }> {
  const offset = Number(cursor ?? 0);
  const found = await db.find(DraftRow, {
    where: { schemeId, ...(state && { state }) },
    order: { createdAt: 'DESC', id: 'ASC' },
    skip: offset,
    take: limit + 1,
  });
  return {
    items: found.slice(0, limit).map(draftView),
    next: found.length > limit ? String(offset + limit) : null,
  };
}
