import { inTransaction, isRefusal, refuse, run, sql, type Refusal } from '#platform';
import { merkle, successionOf, type Entries, type RecordedSuccession, type Successions } from '#taxonomy';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { ensureEdition } from '../publication/ensure-edition.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { writeSuccessions } from '../publication/write-successions.ts';
import { move } from '../review/move.ts';
import { editedMeanwhile } from '../review/submit.ts';
import { readMapAt } from '../reading/read-map-at.ts';
import { readDraftMap } from './draft-map.ts';
import { logHistory } from './log-history.ts';
import { placementOf, readHistoryLinks } from './placement.ts';
import { refuseOvertaken } from './refuse-overtaken.ts';
import { writeHistory } from './write-history.ts';

export interface HistoryRequest {
  readonly schemeId: string;
  /** Its whole map, base and overlay, is the historical edition; it carries that edition, its day and its links. */
  readonly draftId: string;
  readonly by: PersonId;
}

/**
 * Places an edition before the first revision: the draft's whole map becomes the revision below the lowest number, with
 * its successions into the lowest. All of that was reviewed and approved, and is computed before the lock is taken. Nothing
 * of it is delivered to a target: no change is logged, only that it was added.
 * @returns the revision, or a refusal that changed nothing
 */
export async function addHistory(
  db: DataSource,
  { schemeId, draftId, by }: HistoryRequest,
): Promise<RevisionRow | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  if (draft.schemeId !== schemeId) return ofAnotherScheme(draft.schemeId);
  const state = move(draft.state, 'place-before');
  if (isRefusal(state)) return state;
  const placement = placementOf(draft);
  if (!placement) return notDecided(draftId);
  const overtaken = await refuseOvertaken(db.manager, schemeId, placement);
  if (overtaken) return overtaken;
  const { from: effectiveDate, before } = placement;
  const map = await readDraftMap(db, draft);
  const successions = recorded(
    await readHistoryLinks(db, draftId),
    map,
    await readMapAt(db, { schemeId, number: before }),
    before,
  );
  const hashes = merkle(schemeId, map.values(), draft.edition.attributes);
  if (hashes.root !== draft.submittedHash?.toString('hex'))
    throw new Error(`the draft ${draftId} is not what was approved`);
  const number = before - 1;
  return inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const locked = await lockDraft(transaction, draftId, 'place-before');
    if (isRefusal(locked)) return locked;
    if (locked.version !== draft.version) return editedMeanwhile();
    const overtakenNow = await refuseOvertaken(transaction, schemeId, placement);
    if (overtakenNow) return overtakenNow;
    const follower = await transaction.findOneByOrFail(RevisionRow, { schemeId, number: before });
    const editionId = await ensureEdition(transaction, locked);
    if (isRefusal(editionId)) return editionId;
    const revision = { schemeId, number, editionId, effectiveDate, contentHash: hashes.root, by };
    await writeHistory(transaction, revision, map, {
      nodes: hashes.nodes,
      attributes: locked.edition.attributes,
    });
    await writeSuccessions(transaction, schemeId, successions);
    await run(
      transaction,
      sql`update draft set state = 'published', published_revision = ${number} where id = ${draftId}`,
    );
    const auditHead = await appendAudit(transaction, {
      actor: by,
      action: 'history-added',
      subject: `scheme/${schemeId}`,
      details: { draft: draftId, revision: number, effectiveDate, contentHash: hashes.root },
    });
    const event = { edition: locked.edition.label, entries: map.size, before: follower, auditHead };
    await logHistory(transaction, revision, event);
    await wakeRelay(transaction);
    return transaction.findOneByOrFail(RevisionRow, { schemeId, number });
  });
}

/** Successions with what they amount to, and whether whoever gave something away goes on; none of an entry that the edition lacks. */
function recorded(
  { links }: Successions,
  older: Entries,
  lowest: Entries,
  revision: number,
): RecordedSuccession[] {
  const known = links.filter(({ predecessor }) => older.has(predecessor));
  const groups = successionOf(known, older, lowest);
  return known.flatMap((link) => {
    const kind = groups.get(link.predecessor)?.kind;
    return kind ? [{ revision, ...link, kind, continues: lowest.has(link.predecessor) }] : [];
  });
}

function ofAnotherScheme(schemeId: string): Refusal {
  return refuse('draft-of-another-scheme', {
    title: say`The draft belongs to another scheme`,
    status: 409,
    detail: say`It is a draft of ${schemeId}.`,
  });
}

function notDecided(draftId: string): Refusal {
  return refuse('history-undecided', {
    title: say`The draft does not say that it is a historical edition`,
    status: 409,
    detail: say`Say from which day it was valid, and what became of its entries: PUT /api/v1/drafts/${draftId}/history. Then submit it and let somebody approve it.`,
  });
}
