import { sql, type Sql } from '#platform';
import { targetStates } from '../operations/target-states.ts';

/**
 * Where each target stands towards a revision, the first that holds: looked at only, held back by its wave, not meant to
 * hold it yet, holding it, paused, in quarantine, held by the guard, unreachable, stuck, on the way. With how many records it should hold of
 * that revision, and how many of them are in step: those that an ended turn brought; while it gets the whole map, those
 * that it acknowledged.
 * @param asked rows of `revision`, one of each map
 */
export const placesOf = (asked: Sql): Sql => sql`
  with asked as materialized (${asked}),
    shown as materialized (
      select id, scheme, applied, desired, pinned_revision, attempting, in_step, wave, items, stuck, skipped, state
      from (${targetStates(sql`select * from target where listed and scheme in (select scheme from asked)`)}) known),
    span as materialized (
      select a.scheme, s.applied, count(*)::int as total, count(*) filter (where e.from_revision > s.applied)::int as changed
      from asked a join (select distinct scheme, applied from shown) s using (scheme)
        join entry e on e.scheme = a.scheme and e.code is not null
          and e.from_revision <= a.number and (e.to_revision is null or e.to_revision > a.number)
      group by 1, 2),
    placed as (
      select s.id, s.scheme, s.applied, s.desired, s.items, s.stuck, s.skipped, a.number, s.attempting,
        coalesce(span.total, 0) as total, coalesce(span.changed, 0) as changed,
        case
          when s.state = 'observe' then 'observed'
          when s.desired < a.number and s.wave > reach.waves and s.pinned_revision is null then 'heldByWave'
          when s.desired < a.number then 'notYet'
          when s.in_step and s.applied >= a.number then 'hold'
          when s.state = 'held' then 'heldByGuard'
          when s.state in ('paused', 'quarantined', 'unreachable', 'stuck') then s.state
          else 'onTheWay'
        end as place
      from shown s join asked a on a.scheme = s.scheme
        join reach on reach.scheme = a.scheme and reach.number = a.number
        left join span on span.scheme = s.scheme and span.applied = s.applied)
  select placed.*, place not in ('observed', 'heldByWave', 'notYet') as is_meant,
    greatest(0, case
      when place = 'hold' then total - skipped
      when applied >= number then least(items, total - stuck)
      when applied > 0 then total - changed - stuck
      when attempting = number then least(items, total)
      else 0 end) as records_in_step
  from placed`;
