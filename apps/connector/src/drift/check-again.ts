import { runCount, sql, type Executor } from '#platform';

/**
 * Targets at which the last check left something wrong, and to which something else is about to be done, are read once that is done.
 * Where nothing is left wrong, nothing is read.
 */
export async function checkAgain(executor: Executor, targetIds: readonly string[]): Promise<void> {
  await runCount(
    executor,
    sql`update drift_check set asked_at = now(), due_at = now()
        where target_id = any(${targetIds}::text[]) and stays_wrong`,
  );
}
