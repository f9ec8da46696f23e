import type { DataSource } from 'typeorm';
import { inTransaction, run, sql, type ActorIdentity, type Executor } from '#platform';
import { appendAudit } from '../audit/audited.ts';
import { personOf } from '../audit/person.ts';
import { wake } from '../delivery/wake.ts';
import { deeds, type DeedName } from './act.ts';
import { matching, type TargetFilter } from './target-filter.ts';
import { targetStates } from './target-states.ts';

/** Does the same to all targets that match; each that it changes gets a line in the audit log. @returns how many they were */
export async function actOnMany(
  db: DataSource,
  actor: ActorIdentity,
  filter: TargetFilter,
  deed: DeedName,
  reason: string,
): Promise<{ readonly targets: number; readonly changed: number }> {
  const personId = await personOf(db, actor);
  const { action, run: perform } = deeds[deed];
  return inTransaction(db, async (transaction) => {
    const ids = await findMatching(transaction, filter);
    if (ids.length === 0) return { targets: 0, changed: 0 };
    const changed = await perform(transaction, ids, { reason, personId });
    await wake(transaction);
    const details = { filter, ...(reason && { reason }) };
    await appendAudit(
      transaction,
      { personId },
      changed.map((id) => ({ action, subject: `target/${id}`, details })),
    );
    return { targets: ids.length, changed: changed.length };
  });
}

export async function findMatching(executor: Executor, filter: TargetFilter): Promise<string[]> {
  const { state = null } = filter;
  const chosen = matching(filter);
  const rows = await run<{ id: string }>(
    executor,
    state === null
      ? sql`${chosen} order by t.id`
      : sql`select id from (${targetStates(chosen)}) found where state = ${state} order by id`,
  );
  return rows.map(({ id }) => id);
}
