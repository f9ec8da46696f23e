import { run, sql } from '#platform';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { headOf } from '../drafts/open-draft.ts';
import { placementOf } from '../history/placement.ts';
import { refuseUnplaced } from '../history/refuse-unplaced.ts';
import { transitions } from '../review/states.ts';
import type { DraftConflict } from '../sealing/conflicts.ts';
import { mergeOnto } from '../sealing/merge-onto.ts';
import { readChangesOf, readHead } from '../sealing/read-chain.ts';

/**
 * What a person must decide in a draft: all that a rebase onto the map in force would find now, and what was found before
 * and waits, such as on the map of a day to come.
 */
export async function listConflicts(db: EntityManager, draft: DraftRow): Promise<DraftConflict[]> {
  const stored = await run<DraftConflict>(
    db,
    sql`
    select concept_id as "conceptId", field, before, mine, theirs from draft_conflict
    where draft_id = ${draft.id}`,
  );
  const found = new Map([...stored, ...(await foundNow(db, draft))].map((each) => [nameOf(each), each]));
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, conflict]) => conflict);
}

const nameOf = ({ conceptId, field }: DraftConflict): string => `${conceptId}/${field}`;

async function foundNow(db: EntityManager, draft: DraftRow): Promise<readonly DraftConflict[]> {
  if (!transitions[draft.state].edit || placementOf(draft)) return [];
  if (await refuseUnplaced(db, draft)) return [];
  const inForce = await headOf(db, draft.schemeId);
  if (!inForce || inForce.number === draft.baseRevision) return [];
  const head = await readHead(db, draft.schemeId);
  return head ? mergeOnto(await readChangesOf(db, draft), head).conflicts : [];
}
