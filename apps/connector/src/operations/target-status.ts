import type { TargetStatus } from '#contracts';
import { run, sql, type Executor, type Sql } from '#platform';
import { describeHold } from '../guards/describe-hold.ts';
import { matches, type TargetFilter } from './target-filter.ts';
import { lagOf, targetStates } from './target-states.ts';

interface Row extends Omit<TargetStatus, 'reason' | 'verifiedAt'> {
  readonly verifiedAt: Date | null;
  readonly troubleReason: string | null;
  readonly stuckReason: string | null;
  readonly quarantine: string | null;
  readonly trouble: 'failing' | 'slow-down' | null;
  /** Why nothing is sent to anybody. */
  readonly haltReason: string | null;
  /** Its records are said to stand elsewhere now, and were not found there yet. */
  readonly isMoved: boolean;
  /** What the replica of its map held and does not hold now; null as a rule. */
  readonly repairedUntil: number | null;
  /** Inside the delivery windows of its system. */
  readonly isOpen: boolean;
  /** It is compared in full before it may say that it holds a revision. */
  readonly isCompared: boolean;
}

/** Listed targets as operators see them, all or one, in order of id. */
export async function readTargetStatus(
  executor: Executor,
  targetId: string | null = null,
): Promise<TargetStatus[]> {
  return readStatus(
    executor,
    targetStates(sql`select * from target where listed and (${targetId}::text is null or id = ${targetId})`),
  );
}

/** Some targets by id, in order of id. */
export async function readStatusOf(executor: Executor, ids: readonly string[]): Promise<TargetStatus[]> {
  return readStatus(
    executor,
    targetStates(sql`select * from target where listed and id = any(${ids}::text[])`),
  );
}

export interface TargetPage {
  readonly targets: TargetStatus[];
  /** To go on with; null: there are no more. */
  readonly next: string | null;
}

/** Targets that match, in order of id, after a cursor. */
export async function readTargetPage(
  executor: Executor,
  filter: TargetFilter,
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): Promise<TargetPage> {
  const { state = null } = filter;
  const after = sql`select t.* from target t where ${matches(filter)} and t.id > ${cursor ?? ''}`;
  // Where any state will do, only the targets of the page are looked at.
  const chosen = state === null ? sql`${after} order by t.id limit ${limit + 1}` : after;
  const page = sql`select * from (${targetStates(chosen)}) found
    where ${state}::text is null or state = ${state} order by id limit ${limit + 1}`;
  const found = await readStatus(executor, page);
  const targets = found.slice(0, limit);
  return { targets, next: found.length > limit ? (targets.at(-1)?.id ?? null) : null };
}

/** @param states rows of `targetStates`; counts come from the ledger by aggregates */
async function readStatus(executor: Executor, states: Sql): Promise<TargetStatus[]> {
  const rows = await run<Row>(
    executor,
    sql`with shown as materialized (${states}),
        lag as (${lagOf(sql`shown`)}),
        total as (
          select d.scheme, d.desired, count(*)::int as total
          from (select distinct scheme, desired from shown) d join entry e on e.scheme = d.scheme and e.code is not null
            and e.from_revision <= d.desired and (e.to_revision is null or e.to_revision > d.desired)
          group by d.scheme, d.desired),
        problem as (
          select target_id, min(code || ': ' || reason) filter (where class = 'rejected') as reason
          from stuck where target_id in (select id from shown where shown.stuck > 0)
            and not exists (select from skip where skip.target_id = stuck.target_id and skip.concept_id = stuck.concept_id)
          group by target_id)
        select t.id, t.organisation_id as organisation, t.system_id as system, t.profile_id as profile, t.scheme, t.kind,
          t.driver, t.address, t.state, t.desired, t.applied, t.items, coalesce(total.total, 0) as total, t.stuck, t.skipped,
          coalesce(lag.changes, 0) as "lagChanges",
          coalesce(round(extract(epoch from greatest(now() - lag.since, interval '0'))::numeric, 1), 0)::float8 as "lagSeconds",
          held.verified_at as "verifiedAt", coalesce(c.missing + c.altered + c.extra, 0) as drift,
          case when t.state = 'held' then
            jsonb_build_object('revision', hold.revision, 'would', hold.would, 'approved', hold.approved) end as hold,
          t.quarantine, t.trouble, t.trouble_reason as "troubleReason", problem.reason as "stuckReason",
          (select reason from halt) as "haltReason", t.schedule_id in (select open_schedules()) as "isOpen",
          t.is_compared as "isCompared", t.is_moved as "isMoved",
          (select until_revision from replica_repair r where r.scheme = t.scheme) as "repairedUntil"
        from shown t
          join target held on held.id = t.id
          left join drift_check c on c.target_id = t.id
          left join hold on hold.target_id = t.id
          left join lag on lag.scheme = t.scheme and lag.applied = t.applied and lag.desired = t.desired
          left join total on total.scheme = t.scheme and total.desired = t.desired
          left join problem on problem.target_id = t.id
        order by t.id`,
  );
  return rows.map((row) => {
    const { quarantine: _, trouble: __, troubleReason: ___, stuckReason: ____, ...more } = row;
    const {
      haltReason: _____,
      isOpen: ______,
      isCompared: _______,
      repairedUntil: ________,
      isMoved: _________,
      verifiedAt,
      ...shown
    } = more;
    return { ...shown, verifiedAt: verifiedAt?.toISOString() ?? null, reason: reasonFor(row) };
  });
}

const moved = 'its place changed; nothing is sent before a check has found its records there';

function reasonFor(row: Row): string | null {
  if (row.state === 'observe') return 'only observed; an operator turns it on';
  if (row.state === 'paused') return 'paused by an operator';
  if (row.state === 'quarantined') return `in quarantine: ${row.quarantine ?? ''}`;
  if (row.hold !== null) return describeHold(row.hold, row.isCompared);
  if (row.state === 'unreachable') return row.troubleReason;
  if (row.state === 'stuck') return row.stuckReason;
  if (row.state === 'in-step-except') return `an operator skipped ${row.skipped}`;
  if (row.state === 'in-step') return null;
  if (row.haltReason !== null) return `all deliveries are stopped: ${row.haltReason}`;
  if (row.isMoved)
    return moved + (row.drift > 0 ? `; the last check found ${row.drift} wrong: see its drift` : '');
  if (row.repairedUntil !== null)
    return `the map is fetched anew from the catalog; nothing is sent before revision ${row.repairedUntil} is here again`;
  if (!row.isOpen) return 'outside the delivery windows of its system';
  if (row.trouble === 'slow-down') return `asked to slow down: ${row.troubleReason ?? ''}`;
  if (row.isCompared) return 'all its records are being compared with the map';
  if (row.desired === 0) return 'no revision has arrived yet';
  // Its records do not add up, and nothing more follows by itself.
  return row.trouble === null ? row.troubleReason : null;
}
