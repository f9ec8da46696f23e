import { inTransaction, isRefusal, refuse, type Refusal } from '#platform';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import { personOf } from '../audit/person.ts';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import { lockDraft } from '../drafts/find-draft.ts';
import { today } from '../publication/effective-date.ts';
import { publish } from '../publication/publish.ts';
import { lockChangeLog, wakeRelay } from '../publication/publish.sql.ts';
import { listSealed, readChangesOf, readHead, type SealedRow } from './read-chain.ts';
import { releaseSet } from './release-set.ts';
import { reseal } from './reseal.ts';
import { standOn } from './stand-on.ts';
import { writeStanding } from './write-standing.ts';

/**
 * Brings into force what is sealed for today or an earlier day, in order, each from its own day, however late it is.
 * 1. What is sealed is brought onto what is in force now; what has a conflict goes back to a person.
 * 2. The first set whose day has come is written as changes of the map in force, and published by the SQL of any
 *    publication: its hash must be the one that was sealed.
 * 3. Once more, until no day has come.
 */
export async function cutOver(db: DataSource, schemeId: string, now: Date): Promise<RevisionRow[]> {
  const revisions: RevisionRow[] = [];
  for (;;) {
    await reseal(db, schemeId, now);
    const [first] = await listSealed(db.manager, schemeId);
    if (!first || first.effectiveDate > today(now)) return revisions;
    const folded = await foldIn(db, first, now);
    if (!isRefusal(folded)) revisions.push(folded);
    else if (!overtakings.has(folded.code)) await giveBack(db, first, folded, now);
  }
}

/** Somebody else was faster: look again. */
const overtakings = new Set([
  'sealing-overtaken',
  'draft-outdated',
  'draft-edited',
  'draft-state',
  'draft-closed',
]);

async function foldIn(db: DataSource, set: SealedRow, now: Date): Promise<RevisionRow | Refusal> {
  const { id: draftId, schemeId, effectiveDate } = set;
  const by = await personOf(db, { id: 'sealing' });
  const head = await readHead(db.manager, schemeId);
  if (!head || head.contentHash !== set.sealedOn) return overtaken();
  const standing = standOn(schemeId, await readChangesOf(db.manager, set), head);
  if (!standing.holds) throw new Error(`the sealed set ${draftId} does not stand where it was sealed`);
  const written = await inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'cut-over');
    if (isRefusal(draft)) return overtaken();
    const edition = standing.next.edition;
    await writeStanding(transaction, draft, standing.overlay, { ...head, edition });
    return draft;
  });
  if (isRefusal(written)) return written;
  const published = await publish(db, { draftId, by, effectiveDate, today: today(now), action: 'cut-over' });
  return isRefusal(published) ? published : published.revision;
}

/** What cannot come into force for another reason than the map (a label of an edition that is taken) needs a person too. */
async function giveBack(db: DataSource, set: SealedRow, refusal: Refusal, now: Date): Promise<void> {
  const { id: draftId, schemeId, effectiveDate } = set;
  const by = await personOf(db, { id: 'sealing' });
  await inTransaction(db, async (transaction) => {
    await lockChangeLog(transaction);
    const draft = await lockDraft(transaction, draftId, 'return');
    if (isRefusal(draft)) return draft;
    await releaseSet(transaction, { schemeId, draftId, effectiveDate, conflicts: [] }, now);
    await wakeRelay(transaction);
    const details = { conflicts: [], findings: [refusal.detail ?? refusal.title] };
    await appendAudit(transaction, {
      actor: by,
      action: 'set-returned',
      subject: `draft/${draftId}`,
      details,
    });
    return draft;
  });
}

function overtaken(): Refusal {
  return refuse('sealing-overtaken', { title: 'Something else came into force', status: 409 });
}
