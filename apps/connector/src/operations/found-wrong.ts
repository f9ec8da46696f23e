import { sql, type Sql } from '#platform';

/**
 * Records of which the last reading of their target found something else than was acknowledged: `target_id`, `concept_id`, and when it
 * was read, `at`. What was acknowledged since is not among what is wrong; see `isFoundWrong`.
 * @param targets an array of ids: findings are kept by target
 */
export const foundWrong = (targets: Sql): Sql => sql`
  select f.target_id, f.concept_id, max(d.finished_at) as at
  from drift_finding f join drift_check d using (target_id)
  where f.kind in ('missing', 'altered') and f.target_id = any(${targets})
  group by f.target_id, f.concept_id`;

/** Of a link `l`, and what was found of its record, `w`: it is wrong still, and nothing is on its way that mends it. */
export const isFoundWrong = sql`(l.state = 'current' and l.hash is not null and coalesce(l.acknowledged_at < w.at, false))`;
