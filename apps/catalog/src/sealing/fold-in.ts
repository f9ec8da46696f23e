import { giveWay, inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { DataSource, EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { headOf } from '../drafts/open-draft.ts';
import { lockChangeLog } from '../publication/publish.sql.ts';
import { inForce, readChangesOf, readHead, type SealedRow } from './read-chain.ts';
import { standOn, type Base, type Standing } from './stand-on.ts';
import { writeStanding } from './write-standing.ts';

/** What a sealed set changes on the map in force, as it was read outside any lock. */
export interface Fold {
  readonly set: SealedRow;
  readonly head: Base;
  readonly standing: Standing;
}

export async function readFold(db: EntityManager, set: SealedRow): Promise<Fold> {
  const head = await readHead(db, set.schemeId);
  if (!head) throw new Error(`nothing is in force below the sealed set ${set.id}`);
  const standing = await giveWay(standOn(set.schemeId, await readChangesOf(db, set), head));
  return { set, head, standing };
}

/**
 * Writes a set whose day has come as changes of the map in force. Under the lock that every publication takes, the map,
 * the set and its day must be those that were read: what came into force meanwhile would be undone without a word.
 */
export async function foldIn(
  db: DataSource,
  { set, head, standing }: Fold,
  today: string,
): Promise<DraftRow | Refusal> {
  return inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const draft = await lockDraft(transaction, set.id, 'cut-over');
    if (isRefusal(draft)) return draft;
    const row = await headOf(transaction, set.schemeId);
    const now = row && inForce(row);
    const isAsRead =
      draft.version === set.version &&
      now?.revision === head.revision &&
      now.contentHash === head.contentHash &&
      now.contentHash === set.sealedOn;
    const isDue = draft.effectiveDate !== null && draft.effectiveDate <= today;
    if (!isAsRead || !isDue || !standing.holds) return overtaken();
    const { edition } = standing.next;
    await writeStanding(transaction, draft, standing.overlay, { ...head, edition });
    return draft;
  });
}

function overtaken(): Refusal {
  return refuse('sealing-overtaken', { title: say`Something else came into force`, status: 409 });
}
