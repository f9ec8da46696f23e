import { json, runCount, sql, type Executor } from '#platform';
import type { TargetsFile } from './targets-file.ts';

/**
 * A target that gets another map, and has no records, starts from nothing: what the old map was refused for, skipped, held or
 * pinned says nothing of the new one. Call it before the change is written.
 */
export async function startAnew(transaction: Executor, { targets }: TargetsFile): Promise<void> {
  await runCount(
    transaction,
    sql`with anew as (
          update target t set applied_revision = 0, compare_full = false, attempting = null, tried_revision = null, pinned_revision = null,
            in_step = false, failures = 0, trouble = null, reason = null, retry_at = null, resets = resets + 1
          from jsonb_to_recordset(${json(targets)}) as n(id text, scheme text)
          where n.id = t.id and n.scheme <> t.scheme returning t.id),
        no_stuck as (delete from stuck where target_id in (select id from anew)),
        no_skip as (delete from skip where target_id in (select id from anew)),
        no_finding as (delete from drift_finding where target_id in (select id from anew)),
        no_check as (delete from drift_check where target_id in (select id from anew))
        delete from hold where target_id in (select id from anew)`,
  );
}
