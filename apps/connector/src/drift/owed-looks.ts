import { sql, type Sql } from '#platform';

/** What was mended is looked at again so soon, unless all is read more often. */
export const mendedMs = 60_000;

/**
 * Targets that had not been sent all that was mended before when their last reading began, and were sent it since: `target_id`, and from
 * when on they are read once more, `at`.
 * @param afterMs so long after it was sent
 */
export const owedLooks = (afterMs: number): Sql => sql`
  select l.target_id, max(l.acknowledged_at) + ${afterMs} * interval '1 millisecond' as at
  from link l join drift_check c using (target_id)
  where c.mended_unsent and l.mended_at < c.started_at and l.hash is not null and l.acknowledged_at > c.started_at
  group by l.target_id`;
