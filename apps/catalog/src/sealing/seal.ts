import type { SealedEvent } from '#contracts';
import { giveWay, inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { DataSource, EntityManager } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { today } from '../publication/effective-date.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { refuseLabel } from '../publication/refuse-label.ts';
import { move } from '../review/move.ts';
import { editedMeanwhile } from '../review/submit.ts';
import { before, restand } from './chain.ts';
import { logSealed } from './log-sealed.ts';
import { chainMark, listSealed, readChangesOf, readHead, withChanges } from './read-chain.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { isOnlyWarnings, refuseNewWarnings } from './refuse-new-warnings.ts';
import { standOn, type Base } from './stand-on.ts';
import { sealedEvent, writeSealed } from './write-sealed.ts';

export interface Sealing {
  readonly draftId: string;
  readonly by: PersonId;
  /** A Europe/Rome day that has not come. */
  readonly effectiveDate: string;
  readonly now: Date;
}

/**
 * Seals an approved draft for a day to come: on the map in force with everything that is sealed for a day before, or
 * was sealed for that day first. Whoever comes after it is brought onto it by `reseal`, which the caller runs next.
 */
export async function seal(
  db: DataSource,
  { draftId, by, effectiveDate, now }: Sealing,
): Promise<SealedEvent | Refusal> {
  const found = await findDraft(db.manager, draftId);
  if (isRefusal(found)) return found;
  const possible = move(found.state, 'seal');
  if (isRefusal(possible)) return possible;
  const { schemeId } = found;
  const mark = await chainMark(db.manager, schemeId);
  const base = await baseOn(db.manager, schemeId, effectiveDate);
  if (!base) return refuseFirst(now);
  const drafted = await readChangesOf(db.manager, found);
  const standing = await giveWay(standOn(schemeId, drafted, base));
  if (!standing.holds)
    return isOnlyWarnings(standing)
      ? refuseNewWarnings(db, found, by, standing.findings)
      : refuseConflicts(found, effectiveDate, standing, [
          base.entries,
          drafted.overlay.entries,
          drafted.before,
        ]);
  const { changes, contentHash, next } = standing;
  const taken = await refuseLabel(db, { schemeId, draftId, edition: next.edition }, 'published and sealed');
  if (taken) return taken;
  const edition = next.edition.label;
  const sealed = {
    schemeId,
    draftId,
    edition,
    effectiveDate,
    contentHash,
    on: base,
    changes,
  };
  return inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const draft = await lockDraft(transaction, draftId, 'seal');
    if (isRefusal(draft)) return draft;
    if (draft.version !== found.version) return editedMeanwhile();
    if ((await chainMark(transaction, schemeId)) !== mark) return refuseOvertaken();
    await writeSealed(transaction, sealed);
    const event = sealedEvent(sealed, now);
    await logSealed(transaction, 'sealed', event);
    await wakeRelay(transaction);
    const details = { effectiveDate, contentHash, approved: draft.submittedHash?.toString('hex') ?? null };
    await appendAudit(transaction, {
      actor: by,
      action: 'draft-sealed',
      subject: `draft/${draftId}`,
      details,
    });
    return event;
  });
}

/** The map as it will be on a day, before what is sealed for it now: in force, with all that is sealed until then. */
export async function baseOn(db: EntityManager, schemeId: string, day: string): Promise<Base | null> {
  const head = await readHead(db, schemeId);
  if (!head) return null;
  const sets = before(day, await withChanges(db, await listSealed(db, schemeId)));
  return (await giveWay(restand(schemeId, head, sets))).last;
}

function refuseFirst(now: Date): Refusal {
  return refuse('first-is-not-sealed', {
    title: say`The first revision of a scheme is published, not sealed`,
    detail: say`There is no map in force on which it could stand. Publish it with a day that has come: {"effectiveDate":"${today(now)}"}; without one, the day of its edition counts.`,
  });
}

function refuseOvertaken(): Refusal {
  return refuse('sealing-overtaken', {
    title: say`Something else was published or sealed in the same moment`,
    status: 409,
    detail: say`Nothing was changed. Send the same request again.`,
  });
}
