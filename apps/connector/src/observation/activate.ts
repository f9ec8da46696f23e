import type { DataSource } from 'typeorm';
import {
  inTransaction,
  isRefusal,
  json,
  refuse,
  runCount,
  sql,
  type ActorIdentity,
  type Executor,
  type Refusal,
} from '#platform';
import { say } from '#words';
import { appendAudit } from '../audit/audited.ts';
import { personOf } from '../audit/person.ts';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { wake } from '../delivery/wake.ts';
import { decideAdoption } from './decide.ts';
import { standsIn } from './best-fit.ts';
import { hashOfEnded } from './ended-record.ts';
import { leaveKeys } from './leave-keys.ts';
import { codesOf, look, type Observed } from './look.ts';
import { noteNotOurs } from './not-ours.ts';
import { refuseMoved } from './still-there.ts';
import { keyOf } from '../delivery/record-key.ts';
import type { Adopted } from './match-records.ts';
import type { Activation } from './schemas.ts';

/**
 * Turns a target on. The records that were there before become links, so that they are made equal to the map and nothing
 * is made twice; foreign ones are not touched.
 * @returns how many records were adopted
 */
export async function activate(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  activation: Activation,
  actor: ActorIdentity,
  signal: AbortSignal,
): Promise<number | Refusal> {
  const seen = await look(db, drivers, targetId, signal);
  if (isRefusal(seen)) return seen;
  const adopted = decideAdoption(targetId, seen.fits, seen.matched, activation);
  if (isRefusal(adopted)) return adopted;
  const notOurs = new Set(
    activation.decisions.flatMap(({ externalId, conceptId }) => (conceptId === null ? [externalId] : [])),
  );
  const declared = seen.records.filter(({ externalId }) => notOurs.has(externalId));
  const personId = await personOf(db, actor);
  return inTransaction(db, async (transaction) => {
    const moved = await refuseMoved(transaction, targetId, seen.place);
    if (moved) return moved;
    const turned = await runCount(
      transaction,
      sql`update target set mode = 'on' where id = ${targetId} and listed and mode = 'observe'`,
    );
    if (turned === 0) return alreadyOn(targetId);
    await writeLinks(transaction, targetId, adopted, seen);
    await leaveKeys(transaction, targetId, seen.unsure);
    await noteNotOurs(transaction, targetId, declared);
    await wake(transaction);
    const details = { ...activation, adopted: adopted.length, records: seen.records.length };
    const act = { action: 'target-activated', subject: `target/${targetId}`, details };
    await appendAudit(transaction, { personId }, [act]);
    return adopted.length;
  });
}

/**
 * Without a hash: each is sent once more, by its id, and says what the map says from then on, save what has ended and says that
 * already. It was in use under its code only
 * where that is a code of its entry: in the edition that it is read by, or in any where it has our key. Else nothing but the
 * record itself is ours, and no policy for old records ends it because it said something else before. One of ours that has ended, and
 * of which it is known what it meant, has ended here too, and means that still.
 */
async function writeLinks(
  transaction: Executor,
  targetId: string,
  adopted: readonly Adopted[],
  { entries, fits, meant }: Pick<Observed, 'entries' | 'fits' | 'meant'>,
): Promise<void> {
  const used = codesOf(entries.filter(standsIn(fits)));
  const everUsed = codesOf(entries);
  const concepts = new Map(adopted.map(({ record, conceptId }) => [record.externalId, conceptId]));
  const links = adopted.map(({ record: { key, externalId, content }, conceptId, by }) => {
    const { code, parent } = content;
    const ended = by === 'key' ? meant.get(externalId) : undefined;
    const parentId = parent === null ? null : concepts.get(parent);
    const isCode = (by === 'key' ? everUsed : used).has(`${conceptId} ${code}`);
    return {
      conceptId,
      generation: keyOf({ key })?.generation ?? 1,
      externalId,
      state: ended ? 'ended' : 'current',
      code,
      parentId: parentId ?? null,
      hash: hashOfEnded(ended, parentId),
      usedCode: ended?.code ?? (isCode ? code : null),
      usedNotes: ended?.notes ?? null,
    };
  });
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, parent_id, hash, used_code, used_notes)
        select ${targetId}, "conceptId", generation, "externalId", state, code, "parentId", hash, "usedCode", "usedNotes"
        from jsonb_to_recordset(${json(links)})
          as l("conceptId" uuid, generation int, "externalId" text, state text, code text, "parentId" uuid, hash text, "usedCode" text, "usedNotes" text)`,
  );
}

function alreadyOn(targetId: string): Refusal {
  return refuse('already-on', {
    status: 409,
    title: say`The target is on already`,
    detail: say`"${targetId}" is no longer only observed.`,
  });
}
