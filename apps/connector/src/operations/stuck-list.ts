import { run, sql, type Executor } from '#platform';
import type { StuckItem } from './schemas.ts';

/** What a target does not take, in order of code. */
export async function readStuck(executor: Executor, targetId: string): Promise<StuckItem[]> {
  const rows = await run<
    Omit<StuckItem, 'since' | 'nextAttempt'> & { since: Date; nextAttempt: Date | null }
  >(
    executor,
    sql`select code, concept_id as "conceptId", title, class, reason, attempts, since, next_attempt_at as "nextAttempt"
        from stuck where target_id = ${targetId} order by code, concept_id`,
  );
  return rows.map(({ since, nextAttempt, ...row }) => ({
    ...row,
    since: since.toISOString(),
    nextAttempt: nextAttempt?.toISOString() ?? null,
  }));
}
