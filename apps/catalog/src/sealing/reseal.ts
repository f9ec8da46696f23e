import { inTransaction } from '#platform';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import { personOf, type PersonId } from '../audit/person.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { firstOutdated, restand, type Restood } from './chain.ts';
import { logSealed } from './log-sealed.ts';
import { chainMark, listSealed, readHead, withChanges } from './read-chain.ts';
import { releaseSet } from './release-set.ts';
import { sealedEvent, writeSealed } from './write-sealed.ts';

/**
 * Brings every sealed set of a scheme onto what is in force now, in date order. Computed outside any lock and written
 * in one transaction, as long as nothing has changed meanwhile; else once more. Where no field is touched by both, the
 * approval carries over; else the set goes back to a person.
 * @returns how many sets were touched
 */
export async function reseal(db: DataSource, schemeId: string, now: Date): Promise<number> {
  for (;;) {
    const mark = await chainMark(db.manager, schemeId);
    const outdated = await outdatedStandings(db.manager, schemeId);
    if (outdated.length === 0) return 0;
    const by = await personOf(db, { id: 'sealing' });
    const isWritten = await inTransaction(db, async (transaction) => {
      await lockChangeLog(transaction);
      if ((await chainMark(transaction, schemeId)) !== mark) return false;
      for (const restood of outdated) await write(transaction, schemeId, restood, now);
      await wakeRelay(transaction);
      for (const restood of outdated) await audit(transaction, restood, by);
      return true;
    });
    if (isWritten) return outdated.length;
  }
}

async function outdatedStandings(db: EntityManager, schemeId: string): Promise<Restood[]> {
  const rows = await listSealed(db, schemeId);
  if (rows.length === 0) return [];
  const head = await readHead(db, schemeId);
  if (!head || firstOutdated(head.contentHash, rows) < 0) return [];
  const { standings } = restand(schemeId, head, await withChanges(db, rows));
  return standings.filter(({ set, on, standing }) => set.sealedOn !== on || !standing.holds);
}

async function write(
  db: EntityManager,
  schemeId: string,
  { set, standing, on }: Restood,
  now: Date,
): Promise<void> {
  const { id: draftId, effectiveDate } = set;
  if (!standing.holds) {
    await releaseSet(db, { schemeId, draftId, effectiveDate, conflicts: standing.conflicts }, now);
    return;
  }
  const { changes, contentHash, next } = standing;
  const seal = {
    schemeId,
    draftId,
    edition: next.edition.label,
    effectiveDate,
    contentHash,
    on: on ?? '',
    changes,
  };
  await writeSealed(db, seal);
  await logSealed(db, 'resealed', sealedEvent(seal, now));
}

async function audit(db: EntityManager, { set, standing, on }: Restood, actor: PersonId): Promise<void> {
  const subject = `draft/${set.id}`;
  const details = standing.holds
    ? { approved: set.sealedHash, contentHash: standing.contentHash, standsOn: on }
    : {
        conflicts: standing.conflicts.map(({ conceptId, field }) => `${conceptId} ${field}`),
        findings: standing.findings.map(({ message }) => message),
      };
  const action = standing.holds ? 'approval-carried-over' : 'set-returned';
  await appendAudit(db, { actor, action, subject, details });
}
