import { json, run, runCount, sql, type Executor } from '#platform';
import type { StoredRecord } from '#targets';
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
  await leaveKeys(transaction, targetId, records);
}
