import { runCount, sql, type Executor } from '#platform';

/**
 * Targets to which something was sent that nobody knows the answer of are read once more: a slow one may do late what it was sent, over what
 * it acknowledged since. A reading that begins before that does not count as this one.
 * @param afterMs nobody waits longer for an answer
 */
export async function checkLate(
  executor: Executor,
  targetIds: readonly string[],
  afterMs: number,
): Promise<void> {
  if (targetIds.length === 0) return;
  await runCount(
    executor,
    sql`insert into drift_check (target_id, late_at)
        select id, now() + ${afterMs} * interval '1 millisecond' from unnest(${targetIds}::text[]) as sent(id) order by id
        on conflict (target_id) do update set late_at = excluded.late_at`,
  );
}
