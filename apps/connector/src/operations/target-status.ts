import type { TargetStatus } from '#contracts';
import { run, sql, type Executor, type Sql } from '#platform';
import { isSkipped } from '../delivery/is-skipped.ts';
import type { Sentence } from '#words';
import { matches, type TargetFilter } from './target-filter.ts';
import { countWrong, reasonFor, type Standing } from './target-reason.ts';
import { lagOf, targetStates } from './target-states.ts';
import { dueFor, waitsFor, type HeldBack, type SeenWaitsFor } from './waits-for.ts';

/** As operators see it; what it waits for is said in a language at the edge. */
export interface SeenTarget extends Omit<TargetStatus, 'reason' | 'waitsFor'> {
  readonly waitsFor: SeenWaitsFor | null;
  readonly reason: Sentence | null;
}

type Shown = Omit<TargetStatus, 'reason' | 'verifiedAt' | 'drift' | 'recurring' | 'pause' | 'waitsFor'>;
type Pause = NonNullable<TargetStatus['pause']>;

interface Row extends Shown {
  readonly verifiedAt: Date | null;
  readonly pause: Pause | null;
  readonly heldBack: HeldBack | null;
  /** What only the words are made of. */
  readonly said: Omit<Standing, keyof Shown | 'pauseReason'>;
}

/** Listed targets as operators see them, all or one, in order of id. */
export async function readTargetStatus(
  executor: Executor,
  targetId: string | null = null,
): Promise<SeenTarget[]> {
  return readStatus(
    executor,
    targetStates(sql`select * from target where listed and (${targetId}::text is null or id = ${targetId})`),
  );
}

/** Some targets by id, in order of id. */
export async function readStatusOf(executor: Executor, ids: readonly string[]): Promise<SeenTarget[]> {
  return readStatus(
    executor,
    targetStates(sql`select * from target where listed and id = any(${ids}::text[])`),
  );
}

export interface TargetPage {
  readonly targets: SeenTarget[];
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
async function readStatus(executor: Executor, states: Sql): Promise<SeenTarget[]> {
  const rows = await run<Row>(
    executor,
    sql`with shown as materialized (${states}),
        lag as (${lagOf(sql`shown`)}),
        due as (${dueFor(sql`shown`)}),
        outdated as (
          select s.target_id, count(*)::int as records
          from stuck s join link l on l.target_id = s.target_id and l.concept_id = s.concept_id
            and l.state = 'current' and l.hash is not null
          where s.target_id in (select id from shown where shown.stuck > 0)
            and not ${isSkipped('s')}
          group by s.target_id),
        total as (
          select d.scheme, d.desired, count(*)::int as total
          from (select distinct scheme, desired from shown) d join entry e on e.scheme = d.scheme and e.code is not null
            and e.from_revision <= d.desired and (e.to_revision is null or e.to_revision > d.desired)
          group by d.scheme, d.desired),
        problem as (
          select target_id, (array_agg(jsonb_build_object('code', code, 'reason', reason) order by code, reason)
            filter (where class = 'rejected'))[1] as reason
          from stuck where target_id in (select id from shown where shown.stuck > 0)
            and not ${isSkipped('stuck')}
          group by target_id)
        select t.id, t.organisation_id as organisation, t.system_id as system, t.profile_id as profile, t.scheme, t.kind,
          t.driver, t.address, t.state, t.desired, t.applied, t.items - coalesce(outdated.records, 0) as items, coalesce(total.total, 0) as total, t.stuck, t.skipped,
          coalesce(lag.changes, 0) as "lagChanges",
          coalesce(round(extract(epoch from greatest(now() - lag.since, interval '0'))::numeric, 1), 0)::float8 as "lagSeconds",
          held.verified_at as "verifiedAt",
          case when held.paused then
            jsonb_build_object('reason', held.pause_reason, 'since', held.paused_at, 'by', held.paused_by) end as pause,
          case when t.state = 'held' then
            jsonb_build_object('revision', hold.revision, 'would', hold.would, 'approved', hold.approved) end as hold,
          case when due.number > t.desired then
            jsonb_build_object('revision', due.number, 'pinned', t.pinned_revision, 'wave', t.wave, 'reached', reach.waves,
              'adoptedFrom', (
                select case when a.adopted_from > (now() at time zone 'Europe/Rome')::date - p.offset_days then a.adopted_from end
                from adoption a
                where a.organisation_id = t.organisation_id and a.scheme = t.scheme and a.revision <= due.number
                order by a.revision desc limit 1)) end as "heldBack",
          jsonb_build_object('quarantine', t.quarantine, 'trouble', t.trouble, 'troubleReason', t.trouble_reason,
            'stuckReason', problem.reason, 'haltReason', (select reason from halt), 'isMoved', t.is_moved,
            'isOpen', t.schedule_id in (select open_schedules()), 'isCompared', t.is_compared, 'isResynced', t.is_resynced,
            'isMapKnown', exists(select from revision r where r.scheme = t.scheme),
            'repairedUntil', (select until_revision from replica_repair r where r.scheme = t.scheme),
            'unreadable', case when c.outcome = 'unreadable' then c.reason end,
            'wrong', case when c.finished_at is not null then
              jsonb_build_object('missing', c.missing, 'altered', c.altered, 'extra', c.extra, 'isHeld', c.held, 'isInVain', c.in_vain, 'recurring', c.recurring) end) as said
        from shown t
          join target held on held.id = t.id
          left join drift_check c on c.target_id = t.id
          left join hold on hold.target_id = t.id
          left join lag on lag.scheme = t.scheme and lag.applied = t.applied and lag.desired = t.desired
          left join total on total.scheme = t.scheme and total.desired = t.desired
          left join outdated on outdated.target_id = t.id
          join profile p on p.id = t.profile_id
          left join due on due.scheme = t.scheme and due.offset_days = p.offset_days
          left join reach on reach.scheme = due.scheme and reach.number = due.number
          left join problem on problem.target_id = t.id
        order by t.id`,
  );
  return rows.map(({ said, verifiedAt, pause, heldBack, ...shown }) => ({
    ...shown,
    verifiedAt: verifiedAt?.toISOString() ?? null,
    pause: pause && { ...pause, since: pause.since && new Date(pause.since).toISOString() },
    drift: said.wrong === null ? 0 : countWrong(said.wrong),
    recurring: said.wrong?.recurring ?? 0,
    waitsFor: waitsFor(heldBack),
    reason: reasonFor({ ...shown, ...said, pauseReason: pause?.reason ?? null }),
  }));
}
