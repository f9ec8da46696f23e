import { runCount, sql, type Executor } from '#platform';

/** Targets at which the last check left something wrong, and which are about to be sent everything, are read once that is done. */
export async function checkAgain(executor: Executor, targetIds: readonly string[]): Promise<void> {
  await runCount(
    executor,
    sql`update drift_check set asked_at = now(), due_at = now()
        where target_id = any(${targetIds}::text[]) and stays_wrong`,
  );
}
