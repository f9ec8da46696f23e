import { json, runCount, sql, type Executor } from '#platform';
import type { StoredRecord } from '#targets';
import { keyOf } from '../delivery/record-key.ts';

/** Records that have keys of ours, and are left alone, count as if they had been deleted: no other record gets their keys. */
export async function leaveKeys(
  transaction: Executor,
  targetId: string,
  left: readonly StoredRecord[],
): Promise<void> {
  const rows = left.flatMap((record) => {
    const name = keyOf(record);
    return name ? [{ ...name, externalId: record.externalId, code: record.content.code }] : [];
  });
  if (rows.length === 0) return;
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code)
        select ${targetId}, "conceptId", generation, "externalId", 'deleted', code
        from jsonb_to_recordset(${json(rows)}) as l("conceptId" uuid, generation int, "externalId" text, code text)
        on conflict do nothing`,
  );
}
