import type { TargetState, TargetStatus } from '#contracts';
import { run, sql, type Executor } from '#platform';

interface Row extends Omit<TargetStatus, 'state' | 'reason'> {
  readonly paused: boolean;
  readonly trouble: 'failing' | 'slow-down' | null;
  readonly troubleReason: string | null;
  readonly isInStep: boolean;
  readonly stuckReason: string | null;
}

/** Listed targets as operators see them, in order of id. Counts come from the ledger by aggregates. */
export async function readTargetStatus(
  executor: Executor,
  targetId: string | null = null,
): Promise<TargetStatus[]> {
  const rows = await run<Row>(
    executor,
    sql`with chosen as (select * from target where listed and (${targetId}::text is null or id = ${targetId})),
        known as (
          select scheme, max(number) as revision from revision
          where effective_date <= (now() at time zone 'Europe/Rome')::date group by scheme),
        lag as (
          select t.id, sum(r.changes)::int as changes, min(greatest(r.published_at, r.effective_date::timestamp at time zone 'Europe/Rome')) as since
          from chosen t
            join known on known.scheme = t.scheme
            join revision r on r.scheme = t.scheme and r.number > t.applied_revision and r.number <= known.revision
          group by t.id),
        total as (
          select d.scheme, count(*)::int as total
          from desired d join entry e on e.scheme = d.scheme and e.code is not null
            and e.from_revision <= d.revision and (e.to_revision is null or e.to_revision > d.revision)
          group by d.scheme),
        problem as (
          select target_id, count(*)::int as stuck, min(code || ': ' || reason) filter (where class = 'rejected') as reason
          from stuck where target_id in (select id from chosen) group by target_id)
        select t.id, p.kind, p.driver, s.address, t.paused,
          coalesce(s.trouble, t.trouble) as trouble, case when s.trouble is null then t.reason else s.reason end as "troubleReason",
          t.in_step as "isInStep", coalesce(known.revision, 0) as desired, t.applied_revision as applied,
          t.items, coalesce(total.total, 0) as total, coalesce(problem.stuck, 0) as stuck,
          problem.reason as "stuckReason", coalesce(lag.changes, 0) as "lagChanges",
          coalesce(round(extract(epoch from greatest(now() - lag.since, interval '0'))::numeric, 1), 0)::float8 as "lagSeconds"
        from chosen t
          join profile p on p.id = t.profile_id
          join system s on s.id = t.system_id
          left join known on known.scheme = t.scheme
          left join lag on lag.id = t.id
          left join total on total.scheme = t.scheme
          left join problem on problem.target_id = t.id
        order by t.id`,
  );
  return rows.map(asStatus);
}

function asStatus({ paused, trouble, troubleReason, isInStep, stuckReason, ...row }: Row): TargetStatus {
  const state = stateOf({ ...row, paused, trouble, isInStep });
  return { ...row, state, reason: reasonFor(state, row.desired, trouble, troubleReason, stuckReason) };
}

/** The first that holds, in the order of the contract. */
export function stateOf(
  row: Pick<Row, 'paused' | 'trouble' | 'stuck' | 'applied' | 'desired' | 'isInStep'>,
): TargetState {
  if (row.paused) return 'paused';
  if (row.trouble === 'failing') return 'unreachable';
  if (row.stuck > 0) return 'stuck';
  return row.desired > 0 && row.applied === row.desired && row.isInStep ? 'in-step' : 'behind';
}

function reasonFor(
  state: TargetState,
  desired: number,
  trouble: Row['trouble'],
  troubleReason: string | null,
  stuckReason: string | null,
): string | null {
  if (state === 'paused') return 'paused by an operator';
  if (state === 'unreachable') return troubleReason;
  if (state === 'stuck') return stuckReason;
  if (state === 'in-step') return null;
  if (trouble === 'slow-down') return `asked to slow down: ${troubleReason ?? ''}`;
  return desired === 0 ? 'no revision has arrived yet' : null;
}
