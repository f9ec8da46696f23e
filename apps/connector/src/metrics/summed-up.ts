import { run, sql, type Executor } from '#platform';
import { lagOf, targetStates } from '../operations/target-states.ts';

/** Targets of one driver in one state, together. */
export interface SummedUp {
  readonly driver: string;
  readonly state: string;
  readonly targets: number;
  readonly stuck: number;
  /** Of what was not taken longest ago; 0 where nothing is stuck. */
  readonly stuckAgeSeconds: number;
  /** Of the one that lacks most, and of the one that is behind longest. */
  readonly lagChanges: number;
  readonly lagSeconds: number;
  /** Records that the last checks found missing, altered or twice. */
  readonly drift: number;
  /** Those of them that stay as they are: held for an operator, or only reported. */
  readonly driftHeld: number;
  /** Records that were mended three times in a row or more. */
  readonly recurring: number;
  /** Of the one that was found equal longest ago; 0 where none ever was. */
  readonly verifiedAgeSeconds: number;
  readonly neverVerified: number;
  /** Everything was compared and sent, and does not add up: nothing more follows by itself. */
  readonly notAddingUp: number;
}

/** All listed targets by driver and state; none of them leaves the database. */
export async function sumUpTargets(executor: Executor): Promise<SummedUp[]> {
  return run<SummedUp>(
    executor,
    sql`with shown as materialized (${targetStates(sql`select * from target where listed`)}),
        alike as (
          select driver, state, scheme, applied, desired, count(*) as targets, sum(stuck) as stuck
          from shown group by driver, state, scheme, applied, desired),
        lag as (${lagOf(sql`alike`)}),
        held as (
          select shown.driver, shown.state, coalesce(sum(c.missing + c.altered + c.extra), 0) as drift,
            coalesce(sum(c.missing + c.altered + c.extra) filter (where c.stays_wrong), 0) as drift_held, coalesce(sum(c.recurring), 0) as recurring,
            min(t.verified_at) as verified_at, min(waiting.since) as stuck_since, count(*) filter (where t.verified_at is null) as never,
            count(*) filter (where shown.state = 'behind' and shown.trouble is null and shown.trouble_reason is not null) as unequal
          from shown join target t on t.id = shown.id left join drift_check c on c.target_id = t.id
            left join (select target_id, min(since) as since from stuck group by target_id) waiting
              on waiting.target_id = t.id and shown.stuck > 0
          group by shown.driver, shown.state)
        select driver, state, sum(targets)::int as targets, sum(stuck)::int as stuck,
          coalesce(max(changes), 0)::int as "lagChanges",
          coalesce(max(greatest(extract(epoch from now() - since), 0)), 0)::float8 as "lagSeconds",
          max(drift)::int as drift, max(drift_held)::int as "driftHeld", max(recurring)::int as recurring, max(never)::int as "neverVerified", max(unequal)::int as "notAddingUp",
          coalesce(extract(epoch from now() - min(stuck_since)), 0)::float8 as "stuckAgeSeconds",
          coalesce(extract(epoch from now() - min(verified_at)), 0)::float8 as "verifiedAgeSeconds"
        from alike left join lag using (scheme, applied, desired) join held using (driver, state) group by driver, state`,
  );
}
