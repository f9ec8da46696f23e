import { json, runCount, sql, type Executor } from '#platform';
import { isRefused } from '../delivery/retry-freed.ts';
import { wake } from '../delivery/wake.ts';
import type { Doubtful } from './read-back.ts';

/**
 * The ledger learns which codes records have that are to be sent anyway, whatever the policy: it changes nothing there, and lets whoever
 * takes such a code wait for them. What was refused under one of these is due, because they may wait for it in turn.
 */
export async function noteDoubtful(
  transaction: Executor,
  targetId: string,
  doubtful: readonly Doubtful[],
): Promise<void> {
  if (doubtful.length === 0) return;
  await runCount(
    transaction,
    sql`with noted as (
          update link l set found_code = d."foundCode"
          from jsonb_to_recordset(${json(doubtful)}) as d("conceptId" uuid, generation int, "foundCode" text)
          where l.target_id = ${targetId} and l.concept_id = d."conceptId" and l.generation = d.generation and l.unsent and l.hash is null
          returning l.found_code)
        update stuck s set next_attempt_at = now()
        where s.target_id = ${targetId} and ${isRefused} and s.code in (select found_code from noted)`,
  );
  await wake(transaction);
}
