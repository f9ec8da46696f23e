import { giveWay, inTransaction } from '#platform';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import { personOf, type PersonId } from '../audit/person.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { firstOutdated, restand, type Restood } from './chain.ts';
import { returnSet } from './give-back.ts';
import { logSealed } from './log-sealed.ts';
import {
  chainMark,
  editionOf,
  inForce,
  readChain,
  readHead,
  withChanges,
  type SealedRow,
} from './read-chain.ts';
import { sealedEvent, writeSealed } from './write-sealed.ts';

/**
 * Brings every sealed set of a scheme onto what is in force now, in date order. Computed outside any lock and written
 * in one transaction, as long as nothing has changed meanwhile; else once more. Where no field is touched by both, the
 * approval carries over; else the set goes back to a person. The map is read only when a set is outdated.
 * @returns how many sets were touched
 */
export async function reseal(db: DataSource, schemeId: string, now: Date): Promise<number> {
  for (;;) {
    const { head, sets, mark } = await readChain(db.manager, schemeId);
    if (!head || sets.length === 0) return 0;
    const edition = await editionOf(db.manager, schemeId, head.number);
    if (firstOutdated({ ...inForce(head), edition }, sets) < 0) return 0;
    const outdated = await outdatedStandings(db.manager, schemeId, sets);
    const by = await personOf(db, { id: 'sealing' });
    const isWritten = await inTransaction(db, async (transaction) => {
      await lockChangeLog(transaction);
      if ((await chainMark(transaction, schemeId)) !== mark) return false;
      for (const restood of outdated) await write(transaction, schemeId, restood, { by, now });
      await wakeRelay(transaction);
      return true;
    });
    if (isWritten) return outdated.length;
  }
}

async function outdatedStandings(
  db: EntityManager,
  schemeId: string,
  sets: readonly SealedRow[],
): Promise<Restood[]> {
  const head = await readHead(db, schemeId);
  if (!head) return [];
  const { standings } = await giveWay(restand(schemeId, head, await withChanges(db, sets)));
  return standings.filter(
    ({ set, on, standing }) =>
      set.sealedOn !== on.contentHash ||
      set.sealedOnRevision !== on.revision ||
      !standing.holds ||
      set.sealedEdition !== standing.next.edition.label,
  );
}

/** What stands on another revision with the same content, and makes the same map of the same edition, is nothing to tell. */
async function write(
  db: EntityManager,
  schemeId: string,
  { set, standing, on }: Restood,
  { by, now }: { readonly by: PersonId; readonly now: Date },
): Promise<void> {
  const { id: draftId, effectiveDate } = set;
  if (!standing.holds) return returnSet(db, { id: draftId, schemeId, effectiveDate }, standing, { by, now });
  const { changes, contentHash, next } = standing;
  const edition = next.edition.label;
  const seal = { schemeId, draftId, edition, effectiveDate, contentHash, on, changes };
  await writeSealed(db, seal);
  const isAsTold =
    set.sealedOn === on.contentHash && set.sealedHash === contentHash && set.sealedEdition === edition;
  if (isAsTold) return;
  await logSealed(db, 'resealed', sealedEvent(seal, now));
  const details = { approved: set.sealedHash, contentHash, standsOn: on.contentHash };
  const subject = `draft/${draftId}`;
  await appendAudit(db, { actor: by, action: 'approval-carried-over', subject, details });
}
