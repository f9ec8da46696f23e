import { isRefusal, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { personOf } from '../audit/person.ts';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import { today } from '../publication/effective-date.ts';
import { publish } from '../publication/publish.ts';
import { foldIn, readFold, type Fold } from './fold-in.ts';
import { giveBack } from './give-back.ts';
import { chainMark, readChain } from './read-chain.ts';
import { reseal } from './reseal.ts';

/**
 * Brings into force what is sealed for today or an earlier day, in order, each from its own day, however late it is.
 * 1. What is sealed is brought onto what is in force now; what has a conflict goes back to a person.
 * 2. The first set whose day has come is written as changes of the map in force, and published by the SQL of any
 *    publication: its hash must be the one that was sealed.
 * 3. Where that is refused and the chain has moved meanwhile, somebody else was faster; where nothing has moved, the set
 *    goes back to a person with the reason.
 * 4. Once more, until no day has come.
 */
export async function cutOver(db: DataSource, schemeId: string, now: Date): Promise<RevisionRow[]> {
  const revisions: RevisionRow[] = [];
  for (;;) {
    await reseal(db, schemeId, now);
    const { sets, mark } = await readChain(db.manager, schemeId);
    const [first] = sets;
    if (!first || first.effectiveDate > today(now)) return revisions;
    const fold = await readFold(db.manager, first);
    const published = fold.standing.holds ? await comeIntoForce(db, fold, now) : null;
    if (published && !isRefusal(published)) revisions.push(published);
    else if ((await chainMark(db.manager, schemeId)) === mark)
      await giveBack(db, first, reasonsOf(fold, published), now);
  }
}

async function comeIntoForce(db: DataSource, fold: Fold, now: Date): Promise<RevisionRow | Refusal> {
  const { id: draftId, effectiveDate } = fold.set;
  const written = await foldIn(db, fold, today(now));
  if (isRefusal(written)) return written;
  const by = await personOf(db, { id: 'sealing' });
  const published = await publish(db, { draftId, by, effectiveDate, today: today(now), action: 'cut-over' });
  return isRefusal(published) ? published : published.revision;
}

/** Why a set cannot come into force: the map, or something else, as a label of an edition that is taken. */
function reasonsOf({ standing }: Fold, refusal: Refusal | null): Parameters<typeof giveBack>[2] {
  const findings: Finding[] = refusal
    ? [{ rule: refusal.code, severity: 'error', message: refusal.detail ?? refusal.title }]
    : [];
  return standing.holds ? { conflicts: [], findings } : standing;
}
