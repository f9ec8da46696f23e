import { runCount, sql, type Executor } from '#platform';
import { isSkipped } from './is-skipped.ts';
import type { Holder } from './turn.ts';

/** Links of one statement, which must end long before its time is over, also while others write. */
const mostLinks = 5_000;

/**
 * Of targets for which a resync was asked, before their turns begin: forgets what they acknowledged, so that each record is sent once
 * more, by its own id. What an operator skipped stays as it is; what was refused is tried again. The mark goes when all is forgotten,
 * and only then something is sent: whoever comes after a kill goes on where it ended.
 * @param most links of one statement
 */
export async function forgetAcknowledged(
  executor: Executor,
  { systemId, holder }: Holder,
  targetIds: readonly string[],
  most = mostLinks,
): Promise<void> {
  const asked = sql`t.id = any(${targetIds}::text[]) and t.system_id = ${systemId} and t.resync_asked
    and exists (select from system where id = ${systemId} and lease_holder = ${holder} and lease_until > now())`;
  for (let forgotten = most; forgotten === most;) {
    forgotten = await runCount(
      executor,
      sql`update link l set hash = null
          from (
            select a.target_id, a.concept_id, a.generation from link a join target t on t.id = a.target_id
            where ${asked} and a.state = 'current' and a.hash is not null
              and not ${isSkipped('a')}
            limit ${most}) known
          where (l.target_id, l.concept_id, l.generation) = (known.target_id, known.concept_id, known.generation)`,
    );
  }
  await runCount(
    executor,
    sql`with done as (update target t set resync_asked = false where ${asked} returning t.id)
        update stuck set next_attempt_at = now() where target_id in (select id from done)`,
  );
}
