import type { TargetState, TargetStatus } from '#contracts';
import { run, sql, type Executor } from '#platform';

interface Row extends Omit<TargetStatus, 'state' | 'reason'> {
  readonly mode: 'observe' | 'on';
  readonly paused: boolean;
  readonly trouble: 'failing' | 'slow-down' | null;
  readonly troubleReason: string | null;
  readonly isInStep: boolean;
  readonly stuckReason: string | null;
  /** Why nothing is sent to anybody. */
  readonly haltReason: string | null;
  /** Inside the delivery windows of its system. */
  readonly isOpen: boolean;
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
          select target_id, scheme, revision from expected where target_id in (select id from chosen)),
        lag as (
          select span.scheme, span.applied, span.revision, sum(r.changes)::int as changes,
            min(greatest(r.published_at, r.effective_date::timestamp at time zone 'Europe/Rome')) as since
          from (select distinct t.scheme, t.applied_revision as applied, known.revision
                from chosen t join known on known.target_id = t.id) span
            join revision r on r.scheme = span.scheme and r.number > span.applied and r.number <= span.revision
          group by span.scheme, span.applied, span.revision),
        total as (
          select d.scheme, d.revision, count(*)::int as total
          from (select distinct scheme, revision from known) d join entry e on e.scheme = d.scheme and e.code is not null
            and e.from_revision <= d.revision and (e.to_revision is null or e.to_revision > d.revision)
          group by d.scheme, d.revision),
        problem as (
          select target_id, count(*)::int as stuck, min(code || ': ' || reason) filter (where class = 'rejected') as reason
          from stuck where target_id in (select id from chosen) group by target_id)
        select t.id, p.kind, p.driver, s.address, t.mode, t.paused,
          coalesce(s.trouble, t.trouble) as trouble, case when s.trouble is null then t.reason else s.reason end as "troubleReason",
          (select reason from halt) as "haltReason", s.schedule_id in (select open_schedules()) as "isOpen",
          t.in_step as "isInStep", coalesce(known.revision, 0) as desired, t.applied_revision as applied,
          t.items, coalesce(total.total, 0) as total, coalesce(problem.stuck, 0) as stuck,
          problem.reason as "stuckReason", coalesce(lag.changes, 0) as "lagChanges",
          coalesce(round(extract(epoch from greatest(now() - lag.since, interval '0'))::numeric, 1), 0)::float8 as "lagSeconds"
        from chosen t
          join profile p on p.id = t.profile_id
          join system s on s.id = t.system_id
          left join known on known.target_id = t.id
          left join lag on lag.scheme = t.scheme and lag.applied = t.applied_revision and lag.revision = known.revision
          left join total on total.scheme = t.scheme and total.revision = known.revision
          left join problem on problem.target_id = t.id
        order by t.id`,
  );
  return rows.map(asStatus);
}

function asStatus(row: Row): TargetStatus {
  const {
    mode: _,
    paused,
    trouble,
    troubleReason,
    isInStep,
    stuckReason,
    haltReason,
    isOpen,
    ...shown
  } = row;
  const state = stateOf(row);
  return { ...shown, state, reason: reasonFor(state, row) };
}

/** The first that holds, in the order of the contract. */
export function stateOf(
  row: Pick<Row, 'mode' | 'paused' | 'trouble' | 'stuck' | 'applied' | 'desired' | 'isInStep'>,
): TargetState {
  if (row.mode === 'observe') return 'observe';
  if (row.paused) return 'paused';
  if (row.trouble === 'failing') return 'unreachable';
  if (row.stuck > 0) return 'stuck';
  return row.desired > 0 && row.applied === row.desired && row.isInStep ? 'in-step' : 'behind';
}

function reasonFor(state: TargetState, row: Row): string | null {
  if (state === 'observe') return 'only observed; an operator turns it on';
  if (state === 'paused') return 'paused by an operator';
  if (state === 'unreachable') return row.troubleReason;
  if (state === 'stuck') return row.stuckReason;
  if (state === 'in-step') return null;
  if (row.haltReason !== null) return `all deliveries are stopped: ${row.haltReason}`;
  if (!row.isOpen) return 'outside the delivery windows of its system';
  if (row.trouble === 'slow-down') return `asked to slow down: ${row.troubleReason ?? ''}`;
  return row.desired === 0 ? 'no revision has arrived yet' : null;
}
