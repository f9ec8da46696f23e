import { sql, type Sql } from '#platform';
import { isSkipped } from '../delivery/is-skipped.ts';

/**
 * Of a target `t`: it holds all of a revision, and nothing of another one that was on its way there since.
 */
export const holdsOneRevision = sql`(t.in_step and not t.compare_full and coalesce(t.tried_revision, t.applied_revision) = t.applied_revision)`;

/**
 * Targets with their state, the first that holds in the order of the contract. What a target does not take counts as
 * stuck, but for what an operator skipped there. Which revision it should hold is asked once for all that are alike: of
 * an organisation it matters only its wave and how it adopts, unless it decided something by an act.
 * @param chosen rows of `target`
 */
export function targetStates(chosen: Sql): Sql {
  return sql`
    with t as materialized (
        select c.*, coalesce(c.pinned_revision, 0) as pinned, o.wave, o.adopts, p.offset_days, p.kind, p.driver,
          case when o.id in (select organisation_id from adoption) then o.id else '' end as decider
        from (${chosen}) c join organisation o on o.id = c.organisation_id join profile p on p.id = c.profile_id),
      alike as materialized (
        select scheme, applied_revision, pinned, wave, adopts, offset_days, decider, min(id) as id
        from t group by 1, 2, 3, 4, 5, 6, 7),
      known as materialized (
        select alike.*, expected.revision from alike join expected on expected.target_id = alike.id
        where expected.target_id = any(array(select id from alike))),
      kept_back as (
        select target_id, count(*) filter (where not is_skipped)::int as stuck, count(*) filter (where is_skipped)::int as skipped
        from (select target_id, concept_id, false as is_skipped from stuck
              where not ${isSkipped('stuck')}
              union all select target_id, concept_id, true from skip) each
        where target_id in (select id from t) group by target_id)
    select t.id, t.scheme, t.organisation_id, t.system_id, t.profile_id, t.items, t.quarantine, t.wave, t.kind, t.driver,
      t.attempting, t.pinned_revision, ${holdsOneRevision} as in_step,
      s.address, s.schedule_id, t.applied_revision as applied, (t.compare_full or coalesce(t.tried_revision > known.revision, false)) and t.applied_revision > 0 as is_compared, t.awaits_check as is_moved, t.resync_asked as is_resynced, coalesce(known.revision, 0) as desired,
      coalesce(k.stuck, 0) as stuck, coalesce(k.skipped, 0) as skipped, coalesce(s.trouble, t.trouble) as trouble,
      case when s.trouble is null then t.reason else s.reason end as trouble_reason,
      case
        when t.mode = 'observe' then 'observe'
        when t.paused then 'paused'
        when t.quarantine is not null then 'quarantined'
        when held.target_id is not null then 'held'
        when coalesce(s.trouble, t.trouble) = 'failing' then 'unreachable'
        when k.stuck > 0 then 'stuck'
        when known.revision > 0 and t.applied_revision = known.revision and ${holdsOneRevision}
          then case when wrong.target_id is not null then 'drifted' when k.skipped > 0 then 'in-step-except' else 'in-step' end
        else 'behind'
      end as state
    from t
      join system s on s.id = t.system_id
      left join known using (scheme, applied_revision, pinned, wave, adopts, offset_days, decider)
      left join hold held on held.target_id = t.id and not held.released and held.applied = t.applied_revision
        and held.revision <= known.revision and not exists (
          select from revision newer where newer.scheme = t.scheme and newer.applied_at is not null
            and newer.number > held.revision and newer.number <= known.revision)
      left join drift_check wrong on wrong.target_id = t.id and wrong.stays_wrong
      left join kept_back k on k.target_id = t.id`;
}

/**
 * Changes that lie between what targets hold and what they should hold, and since when.
 * @param spans rows with `scheme`, `applied` and `desired`
 */
export const lagOf = (spans: Sql): Sql => sql`
  select span.scheme, span.applied, span.desired, sum(r.changes)::int as changes,
    min(greatest(r.published_at, r.effective_date::timestamp at time zone 'Europe/Rome')) as since
  from (select distinct scheme, applied, desired from ${spans}) span
    join revision r on r.scheme = span.scheme and r.number > span.applied and r.number <= span.desired
  group by span.scheme, span.applied, span.desired`;
