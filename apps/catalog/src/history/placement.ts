import { json, run, sql, type Executor } from '#platform';
import type { ConceptId, SuccessionLink, Successions } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/** Where a draft is to be placed before the first revision. */
export interface Placement {
  /** Europe/Rome day from which its edition was valid. */
  readonly from: string;
  /** Number of the revision that followed it: the lowest one known. */
  readonly before: number;
}

/** Null: the draft is to become a revision in force, like most. */
export function placementOf({
  historyFrom,
  historyBefore,
}: Pick<DraftRow, 'historyFrom' | 'historyBefore'>): Placement | null {
  return historyFrom === null || historyBefore === null ? null : { from: historyFrom, before: historyBefore };
}

/** Who takes the place of entries of a historical edition in the revision that followed it, and for whom nobody does. */
export async function readHistoryLinks(db: Executor, draftId: string): Promise<Successions> {
  const rows = await run<{ predecessor: ConceptId; successor: ConceptId | null }>(
    db,
    sql`
    select predecessor, successor from draft_history_link where draft_id = ${draftId} order by predecessor, successor`,
  );
  const links: SuccessionLink[] = [];
  const decidedNone = new Set<ConceptId>();
  for (const { predecessor, successor } of rows)
    if (successor === null) decidedNone.add(predecessor);
    else links.push({ predecessor, successor });
  return { links, decidedNone };
}

/** In place of what was decided before. */
export async function writeHistoryLinks(
  db: Executor,
  draftId: string,
  { links, decidedNone }: Successions,
): Promise<void> {
  const rows = [...links, ...[...decidedNone].map((predecessor) => ({ predecessor }))];
  await run(db, sql`delete from draft_history_link where draft_id = ${draftId}`);
  await run(
    db,
    sql`
    insert into draft_history_link (draft_id, predecessor, successor)
    select distinct ${draftId}::uuid, predecessor, successor
    from jsonb_to_recordset(${json(rows)}) as r(predecessor uuid, successor uuid)`,
  );
}
