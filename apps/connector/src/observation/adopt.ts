import type { DataSource } from 'typeorm';
import { isRefusal, run, runCount, sql, type ActorIdentity, type Executor, type Refusal } from '#platform';
import type { StoredRecord } from '#targets';
import type { ConceptId } from '#taxonomy';
import { audited } from '../audit/audited.ts';
import type { DriverCabinet } from '../delivery/driver-cabinet.ts';
import { wake } from '../delivery/wake.ts';
import { refuseAdoption, type Standing } from './adoption-refused.ts';
import { findRecord } from './find-record.ts';
import { noteNotOurs } from './not-ours.ts';
import { reachTarget } from './reach-target.ts';
import type { Adoption } from './schemas.ts';
import { refuseMoved } from './still-there.ts';

/**
 * What a record is that a target had before us or got from somebody else: the record of a concept, or nobody's of ours. A record that
 * is linked has a content in doubt, so that the next delivery makes it equal to the map. The record is read first, and the
 * decision holds only while nothing is being delivered: what is under way may make a record of the same concept.
 * @returns null; or a refusal, and nothing is changed
 */
export async function adopt(
  db: DataSource,
  drivers: DriverCabinet,
  targetId: string,
  adoption: Adoption,
  actor: ActorIdentity,
  signal: AbortSignal,
): Promise<null | Refusal> {
  const { externalId, conceptId } = adoption;
  const target = await reachTarget(db, drivers, targetId);
  if (isRefusal(target)) return target;
  const record = await findRecord(targetId, target.opened, externalId, signal);
  if (isRefusal(record)) return record;
  const action = conceptId === null ? 'record-declared-foreign' : 'record-adopted';
  const details = { ...adoption, code: record.content.code, title: record.content.title };
  return audited(db, actor, { action, subject: `target/${targetId}`, details }, async (transaction) => {
    const refusal =
      (await refuseMoved(transaction, targetId, target.place)) ??
      refuseAdoption(targetId, adoption, await readStanding(transaction, targetId, adoption));
    if (refusal) return refusal;
    if (conceptId === null) await noteNotOurs(transaction, targetId, [record]);
    else await link(transaction, targetId, conceptId, record);
    await lookAgain(transaction, targetId, adoption);
    return null;
  });
}

/** No delivery begins before this transaction ends. */
async function readStanding(
  transaction: Executor,
  targetId: string,
  { externalId, conceptId }: Adoption,
): Promise<Standing | undefined> {
  await run(transaction, sql`select from target where id = ${targetId} for update`);
  const [found] = await run<Standing>(
    transaction,
    sql`select t.mode, t.attempting is not null as "isUnderWay",
          (select l.concept_id from link l where l.target_id = t.id and l.external_id = ${externalId} and l.state <> 'deleted' limit 1)
            as "linkedTo",
          (select l.external_id from link l where l.target_id = t.id and l.concept_id = ${conceptId}::uuid and l.state in ('current', 'leaving') limit 1)
            as "heldBy",
          exists (select from entry e where e.scheme = t.scheme and e.concept_id = ${conceptId}::uuid and e.code is not null) as "isKnown"
        from target t where t.id = ${targetId} and t.listed`,
  );
  return found;
}

/** As the record of a generation of its own, or of the one that is about to be made. What was stuck for want of it is tried again. */
async function link(
  transaction: Executor,
  targetId: string,
  conceptId: ConceptId,
  { externalId, content: { code, parent } }: StoredRecord,
): Promise<void> {
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, parent_id)
        select ${targetId}, ${conceptId}::uuid, coalesce(max(l.generation) filter (where l.state = 'pending'), max(l.generation) + 1, 1),
          ${externalId}, 'current', ${code}, (
            select p.concept_id from link p
            where p.target_id = ${targetId} and p.external_id = ${parent} and p.state <> 'deleted' limit 1)
        from link l where l.target_id = ${targetId} and l.concept_id = ${conceptId}
        on conflict (target_id, concept_id, generation) do update set external_id = excluded.external_id, state = 'current',
          code = excluded.code, parent_id = excluded.parent_id, hash = null`,
  );
  await runCount(
    transaction,
    sql`delete from stuck where target_id = ${targetId} and concept_id = ${conceptId}`,
  );
  await runCount(
    transaction,
    sql`delete from not_ours where target_id = ${targetId} and external_id = ${externalId}`,
  );
}

/**
 * The report of drift asks about the record no more, and a reading under way does not tell of how it stood. With a record to
 * make equal to the map, the target is not in step.
 */
async function lookAgain(transaction: Executor, targetId: string, { externalId }: Adoption): Promise<void> {
  await runCount(
    transaction,
    sql`delete from drift_finding where target_id = ${targetId} and external_id = ${externalId}`,
  );
  await runCount(
    transaction,
    sql`update target set resets = resets + 1, in_step = in_step and not exists (
          select from link where target_id = ${targetId} and unsent) where id = ${targetId}`,
  );
  await wake(transaction);
}
