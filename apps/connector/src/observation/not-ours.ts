import { json, run, runCount, sql, type Executor } from '#platform';
import type { StoredRecord } from '#targets';
import { keyOf } from '../delivery/record-key.ts';
import { leaveKeys } from './leave-keys.ts';

/** Ids of the records of which a person said that they are nobody's of ours; nobody is asked about them again. */
export async function readNotOurs(executor: Executor, targetId: string): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    executor,
    sql`select external_id as id from not_ours where target_id = ${targetId}`,
  );
  return new Set(rows.map(({ id }) => id));
}

export async function noteNotOurs(
  transaction: Executor,
  targetId: string,
  records: readonly StoredRecord[],
): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ externalId, content: { code } }) => ({ externalId, code }));
  await runCount(
    transaction,
    sql`insert into not_ours (target_id, external_id, code)
        select ${targetId}, "externalId", code from jsonb_to_recordset(${json(rows)}) as r("externalId" text, code text)
        on conflict do nothing`,
  );
  await partFromOurs(transaction, targetId, records);
  await leaveKeys(transaction, targetId, records);
}

/** A record of ours whose key one of these has, too, gets another: should it go, whoever makes it again and looks for its key finds none of these. */
async function partFromOurs(
  transaction: Executor,
  targetId: string,
  records: readonly StoredRecord[],
): Promise<void> {
  const names = records.flatMap((record) => keyOf(record) ?? []);
  await runCount(
    transaction,
    sql`with shared as (
          select l.concept_id, l.generation, row_number() over (partition by l.concept_id order by l.generation)
            + (select max(m.generation) from link m where m.target_id = ${targetId} and m.concept_id = l.concept_id) as next
          from link l where l.target_id = ${targetId} and l.state <> 'deleted' and (l.concept_id, l.generation) in (
            select "conceptId", generation from jsonb_to_recordset(${json(names)}) as n("conceptId" uuid, generation int)))
        update link l set generation = shared.next, hash = null from shared
        where l.target_id = ${targetId} and l.concept_id = shared.concept_id and l.generation = shared.generation`,
  );
}
