import { cutText, run, runCount, sql, type Executor, type Sql } from '#platform';
import { owedLooks } from './owed-looks.ts';

/** A check that this process alone carries out, until its lease ends. */
export interface Claim {
  readonly targetId: string;
  readonly holder: string;
}

/** How a target stood when the reading began; a delivery that begins meanwhile changes it. */
export interface Standing {
  /** In the words of Postgres, which are finer than a Date. */
  readonly turnAt: string | null;
  readonly resets: number;
  readonly startedAt: string;
}

/**
 * Takes the check that is asked for, or due longest; due is also one of a target that had not been sent all that was mended before when
 * its last reading began, once it was sent, and one that may have done late what it was sent (see `checkLate`). One that was begun is due until it is finished or put off, so that a kill loses none.
 * Reading changes nothing, so it goes on outside of delivery windows and while a target is paused or all deliveries are stopped; not
 * while a system or a target rests, not before what is under way is delivered, and one target of a system at a time.
 * @param mendedMs what was mended is looked at so long after it was sent
 */
export async function claimCheck(
  executor: Executor,
  holder: string,
  leaseMs: number,
  mendedMs: number,
): Promise<(Claim & Standing) | null> {
  const [claimed] = await run<Standing & { readonly targetId: string }>(
    executor,
    sql`with owed as (${owedLooks(mendedMs)}),
        due as (
          select t.id, t.turn_at, t.resets
          from target t join system s on s.id = t.system_id left join drift_check c on c.target_id = t.id
          where t.listed and t.mode = 'on' and (t.awaits_check or (t.applied_revision > 0 and t.attempting is null and not t.compare_full and not t.resync_asked))
            and (s.retry_at is null or s.retry_at <= now()) and (t.retry_at is null or t.retry_at <= now())
            and (c.target_id is null or c.due_at <= now() or c.late_at <= now() or t.id in (select target_id from owed where at <= now())) and (c.lease_until is null or c.lease_until < now())
            and t.system_id not in (
              select b.system_id from drift_check at_work join target b on b.id = at_work.target_id
              where at_work.lease_until > now())
          order by c.asked_at nulls last, c.due_at nulls first, t.id
          limit 1 for update of t skip locked),
        taken as (
          insert into drift_check (target_id, lease_holder, lease_until, started_at, mended_unsent)
          select id, ${holder}, now() + ${leaseMs} * interval '1 millisecond', now(),
            exists (select from link l where l.target_id = due.id and l.mended_at is not null and l.unsent)
          from due
          on conflict (target_id) do update set lease_holder = excluded.lease_holder,
            lease_until = excluded.lease_until, started_at = excluded.started_at, mended_unsent = excluded.mended_unsent, due_at = least(drift_check.due_at, now())
          where drift_check.lease_until is null or drift_check.lease_until < now()
          returning target_id, started_at)
        select taken.target_id as "targetId", taken.started_at::text as "startedAt", due.turn_at::text as "turnAt", due.resets
        from taken join due on due.id = taken.target_id`,
  );
  return claimed ? { ...claimed, holder } : null;
}

/** The check `c` of a target `t` is still ours, and no delivery began: what was read is still true. */
export const stillStands = ({
  targetId,
  holder,
  turnAt,
  resets,
}: Claim & Standing): Sql => sql`t.id = ${targetId} and c.target_id = t.id
  and c.lease_holder = ${holder} and c.lease_until > now()
  and (t.attempting is null or t.awaits_check) and t.turn_at is not distinct from ${turnAt}::timestamptz and t.resets = ${resets}`;

/** @returns false when the lease is lost, or a delivery began: what was read proves nothing any more */
export async function goOn(executor: Executor, check: Claim & Standing, leaseMs: number): Promise<boolean> {
  const renewed = await runCount(
    executor,
    sql`update drift_check c set lease_until = now() + ${leaseMs} * interval '1 millisecond'
        from target t where ${stillStands(check)}`,
  );
  return renewed > 0;
}

/** The check comes to nothing for now; it is due again after a while. */
export async function putOff(
  executor: Executor,
  { targetId, holder }: Claim,
  againMs: number,
  unreadable: string | null,
): Promise<void> {
  const again = sql`now() + ${againMs} * interval '1 millisecond'`;
  const outcome =
    unreadable === null
      ? sql``
      : sql`, finished_at = now(), outcome = 'unreadable', reason = ${cutText(unreadable, 500)}, asked_at = null`;
  await runCount(
    executor,
    sql`update drift_check set lease_holder = null, lease_until = null,
          due_at = ${again}, late_at = case when late_at <= started_at then ${again} else late_at end ${outcome}
        where target_id = ${targetId} and lease_holder = ${holder}`,
  );
}
