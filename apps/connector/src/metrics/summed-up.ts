import { run, sql, type Executor } from '#platform';
import { targetStates } from '../operations/target-states.ts';

/** Targets of one driver in one state, together. */
export interface SummedUp {
  readonly driver: string;
  readonly state: string;
  readonly targets: number;
  readonly stuck: number;
  /** Of the one that lacks most, and of the one that is behind longest. */
  readonly lagChanges: number;
  readonly lagSeconds: number;
}

/** All listed targets by driver and state; none of them leaves the database. */
export async function sumUpTargets(executor: Executor): Promise<SummedUp[]> {
  return run<SummedUp>(
    executor,
    sql`with shown as materialized (${targetStates(sql`select * from target where listed`)}),
        alike as (
          select driver, state, scheme, applied, desired, count(*) as targets, sum(stuck) as stuck
          from shown group by driver, state, scheme, applied, desired),
        lag as (
          select span.scheme, span.applied, span.desired, sum(r.changes) as changes,
            min(greatest(r.published_at, r.effective_date::timestamp at time zone 'Europe/Rome')) as since
          from (select distinct scheme, applied, desired from alike) span
            join revision r on r.scheme = span.scheme and r.number > span.applied and r.number <= span.desired
          group by span.scheme, span.applied, span.desired)
        select driver, state, sum(targets)::int as targets, sum(stuck)::int as stuck,
          coalesce(max(changes), 0)::int as "lagChanges",
          coalesce(max(greatest(extract(epoch from now() - since), 0)), 0)::float8 as "lagSeconds"
        from alike left join lag using (scheme, applied, desired) group by driver, state`,
  );
}
