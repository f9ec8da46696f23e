import { run, runCount, sql, type Executor } from '#platform';
import { driftChannel } from '../drift/ask-check.ts';
import type { Move } from './kept-records.ts';

/**
 * Targets whose records are said to be the same at another place: whoever works their systems loses the lease, so that answers
 * of the old place are not written; nothing is proved any more, and nothing is sent before a drift check has read them there. Call
 * it before the change is written. Waits for whoever writes answers.
 */
export async function moveTargets(transaction: Executor, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const ids = moves.map(({ id }) => id);
  const systems = [...new Set(moves.map(({ from }) => from))];
  await run(transaction, sql`select from system where id = any(${systems}::text[]) order by id for update`);
  await runCount(
    transaction,
    sql`update system set lease_holder = null, lease_until = null where id = any(${systems}::text[])`,
  );
  await runCount(
    transaction,
    sql`update target set awaits_check = true, compare_full = true, in_step = false, verified_at = null, retry_at = null,
          resets = resets + 1
        where id = any(${ids}::text[])`,
  );
  // What is in doubt is looked for by its key: somebody else may have its id there.
  await runCount(
    transaction,
    sql`update link set state = 'pending', external_id = null
        where target_id = any(${ids}::text[]) and hash is null and state = 'current'`,
  );
  await runCount(
    transaction,
    sql`delete from link where target_id = any(${ids}::text[]) and hash is null and state in ('ended', 'leaving')`,
  );
  await runCount(
    transaction,
    sql`insert into drift_check (target_id, asked_at) select id, now() from unnest(${ids}::text[]) as moved(id)
        on conflict (target_id) do update set asked_at = now(), due_at = now(), held = false, released = 0,
          lease_holder = null, lease_until = null`,
  );
  await runCount(transaction, sql`select pg_notify(${driftChannel}, '')`);
}
