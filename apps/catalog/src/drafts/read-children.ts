import { isRefusal, sql, type Executor, type Refusal } from '#platform';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { readDrafted, type DraftedEntry } from './drafted-entries.ts';
import { findDrafted } from './find-drafted.ts';

export interface ChildrenPage {
  /** Code in the draft or concept id; the top of the map when undefined. */
  readonly parent?: string;
  readonly cursor?: string;
  readonly limit: number;
}

/** What stands directly below an entry of a draft, in order; what the draft retires stays where it was, and says so. */
export async function readChildren(
  db: Executor,
  draft: DraftRow,
  { parent, cursor, limit }: ChildrenPage,
): Promise<{ items: DraftedEntry[]; next: string | null } | Refusal> {
  const above = parent === undefined ? null : await findDrafted(db, draft, parent);
  if (isRefusal(above)) return above;
  const condition = above ? sql`e.parent_id = ${above.conceptId}` : sql`e.parent_id is null`;
  const offset = Number(cursor ?? 0);
  const found = await readDrafted(db, draft, condition, { limit: limit + 1, offset });
  return { items: found.slice(0, limit), next: found.length > limit ? String(offset + limit) : null };
}
