import { json, run, runCount, sql, type Executor } from '#platform';
import type { Hash } from '#taxonomy';
import { asKept, say } from '#words';
import type { DesiredRevision } from './in-step.ts';
import { isSkipped } from './is-skipped.ts';

/**
 * One attempt to make a target equal to its desired revision, safe against a kill at any moment:
 * 1. before anything is sent, `attempting` notes the revision that will be;
 * 2. what the target acknowledged is written in groups, only while the lease is held; then `attempting` is cleared;
 * 3. a turn that finds it set looks for every record before creating it, and repeats the rest: a step says the whole
 *    content, so a repeat does no harm;
 * 4. when another revision is desired by now, a turn in doubt sends all that may have been touched, from the top down;
 *    whoever takes a code comes after all that may have it. Then the ledger is true again, and an ordinary turn follows.
 */
export interface Turn extends DesiredRevision {
  readonly targetId: string;
  readonly applied: number;
  /** Compare everything, not only what changed. */
  readonly isFull: boolean;
  /** An earlier turn ended without knowing what became of its last requests: look before creating. */
  readonly mayExist: boolean;
  /** That turn was sending another revision: what the target acknowledged before may have been overwritten unseen. */
  readonly isInDoubt: boolean;
  /** How often the ground of the ledger had been taken away when the turn began. */
  readonly resets: number;
  /** Since when the replica holds the desired revision, in the words of Postgres. */
  readonly heldSince: string;
  /** Turns in a row in which the target failed alone. */
  readonly failures: number;
  /** The target holds something that it acknowledged. */
  readonly holdsRecords: boolean;
  /** The desired revision has an approved plan; see guards/. */
  readonly isPlanned: boolean;
  readonly publishedAt: Date;
  /** Since when the replica holds the desired revision, and its day has come. */
  readonly dueAt: Date;
  /** When a turn of this target first tried to bring it there. */
  readonly triedAt: Date;
  /** What a turn last tried to bring there, before this one; null: nothing yet. */
  readonly triedBefore: number | null;
}

/** Whoever holds a system, and only while its lease lasts. */
export interface Holder {
  readonly systemId: string;
  readonly holder: string;
}

/** What unfinished turns were sending is not known any more: several revisions, or another history or profile. */
const several = 0;

export interface TargetWithWork {
  readonly id: string;
  /** All of it is to be sent again. */
  readonly isResync: boolean;
}

/** Targets of a system with work, those first whose last turn is longest ago. */
export async function readTargetsWithWork(
  executor: Executor,
  systemId: string,
  except: readonly string[],
  limit: number,
): Promise<TargetWithWork[]> {
  return run<TargetWithWork>(
    executor,
    sql`with aim as materialized (
          select target_id, revision from desired
          where target_id = any(array(select id from target where system_id = ${systemId} and not id = any(${except}::text[]))))
        select t.id, t.resync_asked as "isResync" from ${aimedTargets}
        where t.system_id = ${systemId} and ${hasWork}
        order by t.turn_at nulls first, t.id limit ${limit}`,
  );
}

/**
 * Opens the turns of some targets, and notes what will be sent before anything is, so that whoever comes after a kill
 * knows.
 * @returns the turns of those that have work now
 */
export async function beginTurns(
  executor: Executor,
  { systemId, holder }: Holder,
  targetIds: readonly string[],
): Promise<Turn[]> {
  return run<Turn & { readonly desiredHash: Hash }>(
    executor,
    sql`with aim as materialized (
          select target_id, scheme, revision from desired where target_id = any(${targetIds}::text[]))
        update target t
        set turn_at = now(), tried_revision = d.revision, compare_full = t.compare_full or ${mayBeBeyond},
          tried_at = case when t.tried_revision = d.revision then t.tried_at else now() end,
          attempting = case when t.attempting is null or t.attempting = d.revision then d.revision else ${several} end
        from aim d join revision r on r.scheme = d.scheme and r.number = d.revision
        where d.target_id = t.id and t.system_id = ${systemId} and ${hasWork}
          and exists (select from system where id = ${systemId} and lease_holder = ${holder} and lease_until > now())
        returning t.id as "targetId", t.scheme, t.applied_revision as applied, d.revision as desired,
          r.content_hash as "desiredHash", t.applied_revision = 0 or t.compare_full as "isFull", old.attempting is not null as "mayExist",
          coalesce(old.attempting <> d.revision, false) as "isInDoubt", t.resets, t.failures, t.items > 0 as "holdsRecords", r.applied_at::text as "heldSince",
          r.plan is not null as "isPlanned", r.published_at as "publishedAt",
          greatest(r.applied_at, r.effective_date::timestamp at time zone 'Europe/Rome') as "dueAt", t.tried_at as "triedAt",
          old.tried_revision as "triedBefore"`,
  );
}

/**
 * The targets `t` of `aim`, with their desired revisions `d`, each looked up by its id (`offset 0` keeps the two apart): Postgres takes
 * `aim` for ten rows, and may go through all of it for each target, which takes half a minute where 10,000 have work.
 */
export const aimedTargets = sql`aim d cross join lateral (select * from target where target.id = d.target_id offset 0) t`;

/** Of a target `t` with its desired revision `d`: it holds a later one, or some of one that was on its way there. */
const mayBeBeyond = sql`greatest(t.applied_revision, t.attempting, t.tried_revision) > d.revision`;

/**
 * Of a target `t` with its desired revision `d`, one of `aim`: only what those have stuck and unsent is looked at. What is in doubt and
 * stuck waits for the time of the stuck one; what is held, for a person.
 */
export const hasWork = sql`t.listed and t.mode = 'on' and not t.paused and t.quarantine is null and not t.awaits_check and (t.retry_at is null or t.retry_at <= now())
    and t.system_id = any(array(select o.id from system o where o.schedule_id in (select open_schedules())))
    and not (t.id, t.applied_revision, d.revision) in (select h.target_id, h.applied, h.revision from hold h where not h.released)
    and not t.scheme in (select scheme from replica_repair) and (
    t.applied_revision <> d.revision
    or t.tried_revision > d.revision
    or t.compare_full or t.resync_asked
    or t.attempting is not null
    or t.id in (select s.target_id from stuck s where s.next_attempt_at <= now() and s.target_id = any(array(select target_id from aim)))
    or t.id in (select l.target_id from link l where l.unsent and l.target_id = any(array(select target_id from aim))
      and not exists (select from stuck s where s.target_id = l.target_id and s.concept_id = l.concept_id)))`;

/**
 * How a turn ends.
 * - `complete`: everything of the desired revision is acknowledged or stuck; `mark` of what the target should hold
 * - `certain`: the ledger is true again after a turn in doubt, or records have ended that others succeed; another turn follows
 * - `left`: not finished, but every answer is known: the next one need not look before it creates
 * - `open`: not finished, and answers are missing
 */
export type TurnEnd =
  { readonly is: 'complete'; readonly mark: string } | { readonly is: 'certain' | 'left' | 'open' };

export interface EndedTurn {
  readonly turn: Turn;
  readonly end: TurnEnd;
  /** Something was sent that nobody knows the answer of, in this turn or in one that another process left. */
  readonly mayBeLate: boolean;
}

/**
 * Closes turns. In step is proved, not assumed: a complete turn whose ledger does not add up has its target compared in
 * full, once; where it still does not, people are told. Does nothing to a target whose ground was taken away meanwhile.
 * @returns targets that hold everything of the desired revision that they take
 */
export async function endTurns(executor: Executor, ended: readonly EndedTurn[]): Promise<Set<string>> {
  const noted = ended.flatMap(({ turn, end }) => {
    if (end.is !== 'certain' && end.is !== 'left') return [];
    // Nothing else may say that another turn follows one that was certain.
    const isNeeded = end.is === 'certain' && turn.applied === turn.desired;
    return [{ id: turn.targetId, resets: turn.resets, attempting: isNeeded ? turn.desired : null }];
  });
  if (noted.length > 0) {
    await runCount(
      executor,
      sql`update target t set attempting = e.attempting
          from jsonb_to_recordset(${json(noted)}) as e(id text, resets int, attempting int)
          where t.id = e.id and t.resets = e.resets`,
    );
  }
  const complete = ended.flatMap(({ turn, end }) => {
    if (end.is !== 'complete') return [];
    const { targetId: id, desired, desiredHash: hash, resets, isFull } = turn;
    return [{ id, desired, hash, resets, isFull, mark: end.mark }];
  });
  return complete.length > 0 ? judgeAndClose(executor, complete) : new Set();
}

interface Complete {
  readonly id: string;
  readonly desired: number;
  readonly hash: Hash;
  readonly resets: number;
  readonly isFull: boolean;
  readonly mark: string;
}

/** Mark of the records in use of a target `t`, without those of concepts that an operator skipped there, which as a rule are none. */
const heldButSkipped = sql`case when exists (select from skip where skip.target_id = t.id) then t.held # coalesce((
  select bit_xor(record_mark(l.concept_id, l.hash)) from skip join link l using (target_id, concept_id)
  where skip.target_id = t.id and l.state = 'current'), repeat('0', 128)::bit(128)) else t.held end`;

/** Nothing more follows by itself, so a person must hear of it. */
export const doesNotAddUp = say`everything was compared and sent, and what the target acknowledged is still not the map; ask for a drift check, then for a resync`;

async function judgeAndClose(executor: Executor, complete: readonly Complete[]): Promise<Set<string>> {
  const rows = await run<{ id: string; isApplied: boolean }>(
    executor,
    sql`with compared as materialized (
          select c.id, c.desired, c.resets, ('x' || c.mark)::bit(128) = ${heldButSkipped} as is_equal,
            c."isFull" as is_full, exists (select from stuck s where s.target_id = c.id
              and not ${isSkipped('s')}) as is_stuck
          from jsonb_to_recordset(${json(complete)}) as c(id text, desired int, hash text, resets int, "isFull" boolean, mark text)
            join target t on t.id = c.id
            join revision r on r.scheme = t.scheme and r.number = c.desired and r.content_hash = c.hash and r.applied_at is not null),
        judged as (select *, is_equal or is_stuck or is_full as is_applied from compared)
        update target t set in_step = j.is_equal and not t.resync_asked, failures = 0, trouble = null, retry_at = null,
          reason = case when j.is_full and not j.is_equal and not j.is_stuck then ${asKept(doesNotAddUp)} end,
          applied_revision = case when j.is_applied then j.desired else t.applied_revision end, compare_full = not j.is_applied,
          attempting = case when j.is_applied then null else t.attempting end,
          resets = t.resets + case when j.is_applied then 0 else 1 end
        from judged j where t.id = j.id and t.resets = j.resets
        returning t.id, j.is_applied as "isApplied"`,
  );
  return new Set(rows.flatMap(({ id, isApplied }) => (isApplied ? [id] : [])));
}
