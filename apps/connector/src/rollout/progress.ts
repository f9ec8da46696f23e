import { run, sql, type Executor, type Refusal, type Sql } from '#platform';
import { say, type Sentence } from '#words';
import { readGuarding } from '../guards/read-guarding.ts';
import { readStatusOf } from '../operations/target-status.ts';
import { lagOf } from '../operations/target-states.ts';
import { refuseUnknownRevision } from './find-revision.ts';
import { placesOf } from './places.ts';
import type { RolloutCounts, RolloutProgress } from './schemas.ts';

const mostSlowest = 10;

interface Progress extends Omit<RolloutProgress, 'slowest'> {
  readonly slowest: (Omit<RolloutProgress['slowest'][number], 'waitsFor'> & {
    readonly waitsFor: Sentence;
  })[];
}

/** How far a revision has come: counts over all targets of its map, and those that lack it longest. */
export async function readProgress(
  executor: Executor,
  scheme: string,
  revision: number,
): Promise<Progress | Refusal> {
  const refusal = await refuseUnknownRevision(executor, scheme, revision);
  if (refusal) return refusal;
  const asked = sql`select * from revision where scheme = ${scheme} and number = ${revision}`;
  const [found] = await countPlaces(executor, asked);
  if (!found) throw new Error(`no counts of revision ${revision} of ${scheme}`);
  const { slowest: ids, ...counts } = found;
  const known = new Map((await readStatusOf(executor, ids)).map((target) => [target.id, target]));
  const slowest = ids.flatMap((id) => {
    const target = known.get(id);
    if (!target) return [];
    const { state, applied, desired, lagChanges, lagSeconds, reason } = target;
    return [{ id, state, applied, desired, lagChanges, lagSeconds, waitsFor: reason ?? say`its turn` }];
  });
  return { ...counts, ...(await readGuarding(executor, scheme, revision)), slowest };
}

/** The same counts, of the newest revision of each map. */
export async function readNewestCounts(executor: Executor): Promise<RolloutCounts[]> {
  const newest = sql`select distinct on (scheme) * from revision where applied_at is not null order by scheme, number desc`;
  return (await countPlaces(executor, newest)).map(({ slowest: _, ...counts }) => counts);
}

interface Row {
  readonly scheme: string;
  readonly revision: number;
  readonly since: Date;
  readonly places: Partial<RolloutCounts['targets']>;
  readonly records: number;
  readonly inStep: number;
  readonly slowest: string[];
}

type Counted = RolloutCounts & { readonly slowest: readonly string[] };

async function countPlaces(executor: Executor, asked: Sql): Promise<Counted[]> {
  const rows = await run<Row>(
    executor,
    sql`with placed as materialized (${placesOf(asked)}),
          of_place as (
            select scheme, jsonb_object_agg(place, targets) as places, sum(records)::int8 as records, sum(in_step)::int8 as in_step
            from (select scheme, place, count(*) as targets, sum(total) filter (where is_meant) as records,
                    sum(records_in_step) filter (where is_meant) as in_step
                  from placed group by scheme, place) each
            group by scheme),
          late as (
            select p.scheme, p.id, row_number() over (partition by p.scheme order by lag.since, lag.changes desc, p.id) as place
            from placed p left join (${lagOf(sql`placed`)}) lag using (scheme, applied, desired)
            where is_meant and place <> 'hold')
        select a.scheme, a.number as revision,
          greatest(a.published_at, a.effective_date::timestamp at time zone 'Europe/Rome') as since,
          coalesce(o.places, '{}') as places, coalesce(o.records, 0) as records, coalesce(o.in_step, 0) as "inStep",
          array(select id from late where late.scheme = a.scheme and place <= ${mostSlowest} order by place) as slowest
        from (${asked}) a left join of_place o using (scheme) order by a.scheme`,
  );
  return rows.map(({ scheme, revision, since, places, records, inStep, slowest }) => {
    const targets = { ...none, ...places };
    const { observed, heldByWave, notYet, shouldHold: _, ...meant } = targets;
    targets.shouldHold = Object.values(meant).reduce((sum, count) => sum + count, 0);
    const percent = records === 0 ? null : Math.floor((1_000 * inStep) / records) / 10;
    return {
      scheme,
      revision,
      since: since.toISOString(),
      targets,
      records: { shouldHold: records, inStep, percent },
      slowest,
    };
  });
}

const none = {
  shouldHold: 0,
  hold: 0,
  onTheWay: 0,
  stuck: 0,
  unreachable: 0,
  paused: 0,
  quarantined: 0,
  heldByGuard: 0,
  heldByWave: 0,
  notYet: 0,
  observed: 0,
};
