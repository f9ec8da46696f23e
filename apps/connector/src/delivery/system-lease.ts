import { cutText, run, runCount, sql, type Executor, type Sql } from '#platform';
import type { Trouble } from './answers.ts';
import { aimedTargets, hasWork, type Holder } from './turn.ts';

/** A system that this worker alone may talk to, until the lease ends. */
export interface ClaimedSystem {
  readonly id: string;
  readonly address: string;
  readonly user: string;
  /** A reference, `env:NAME` or `file:/PATH`. */
  readonly secret: string;
  /** Requests at the same time, to all its targets together. */
  readonly concurrency: number;
  /** null: as many as are answered. */
  readonly ratePerSecond: number | null;
  /** Times in a row that it was found in trouble. */
  readonly failures: number;
}

/** A `ClaimedSystem` as JSON, of a system `s`; for whoever reads a target without claiming its system. */
export const systemAsJson = sql`jsonb_build_object('id', s.id, 'address', s.address, 'user', s.username, 'secret', s.secret,
  'concurrency', s.concurrency, 'ratePerSecond', s.rate_per_second, 'failures', s.failures)`;

/**
 * @param except systems on which this holder works still, whose leases it may have lost: what it does there must not count as done under
 *   a new one
 * @returns systems with work, whose pause is over and which nobody holds; those that wait longest first
 */
export async function claimSystems(
  executor: Executor,
  holder: string,
  leaseMs: number,
  most: number,
  except: readonly string[] = [],
): Promise<ClaimedSystem[]> {
  return run<ClaimedSystem>(
    executor,
    sql`with free as materialized (
          select id from system
          where (lease_until is null or lease_until < now()) and (retry_at is null or retry_at <= now())
            and schedule_id in (select open_schedules()) and not id = any(${except}::text[])),
        aim as materialized (
          select target_id, revision from desired
          where target_id = any(array(select id from target where system_id in (select id from free)))),
        wanting as materialized (select distinct t.system_id from ${aimedTargets} where ${hasWork})
        update system set lease_holder = ${holder}, lease_until = now() + ${leaseMs} * interval '1 millisecond'
        where id = any(array(
          select s.id from system s
          where s.id in (select id from free) and (s.lease_until is null or s.lease_until < now())
            and s.id in (select system_id from wanting)
          order by s.retry_at nulls first, s.lease_until nulls first
          limit ${most} for update skip locked))
        returning id, address, username as "user", secret, concurrency, rate_per_second as "ratePerSecond", failures`,
  );
}

/** @returns the systems whose leases are not lost */
export async function renewLeases(
  executor: Executor,
  keys: readonly Holder[],
  leaseMs: number,
): Promise<Set<string>> {
  const renewed = await run<{ id: string }>(
    executor,
    sql`update system set lease_until = now() + ${leaseMs} * interval '1 millisecond'
        where lease_until > now() and ${heldBy(keys)} returning id`,
  );
  return new Set(renewed.map(({ id }) => id));
}

/** Of a system. */
export const heldBy = (keys: readonly Holder[]): Sql => sql`(id, lease_holder) in (
  select * from unnest(${keys.map(({ systemId }) => systemId)}::text[], ${keys.map(({ holder }) => holder)}::uuid[]))`;

/** @returns when the first lease of somebody else ends, unless it is renewed until then: milliseconds from now; null: there is none */
export async function nextLeaseEnd(executor: Executor, holder: string): Promise<number | null> {
  const [next] = await run<{ inMs: number | null }>(
    executor,
    sql`select (extract(epoch from min(lease_until) - now()) * 1000)::float8 as "inMs" from system
        where lease_until > now() and lease_holder <> ${holder}`,
  );
  return next?.inMs ?? null;
}

/**
 * Gives the system back, with what was learnt of it.
 * @param outcome null: nothing, because the work was interrupted or nobody was asked
 */
export async function releaseSystem(
  executor: Executor,
  { systemId, holder }: Holder,
  outcome: { readonly trouble: Trouble | null; readonly pauseMs: number } | null,
): Promise<void> {
  const learnt = outcome === null ? sql`` : sql`, ${health(outcome)}`;
  await runCount(
    executor,
    sql`update system set lease_holder = null, lease_until = null ${learnt}
        where id = ${systemId} and lease_holder = ${holder}`,
  );
}

function health({ trouble, pauseMs }: { readonly trouble: Trouble | null; readonly pauseMs: number }) {
  if (trouble === null) return sql`failures = 0, trouble = null, reason = null, retry_at = null`;
  const failures = trouble.is === 'failing' ? sql`failures + 1` : sql`failures`;
  return sql`failures = ${failures}, trouble = ${trouble.is}, reason = ${cutText(trouble.reason, 500)},
    retry_at = now() + ${pauseMs} * interval '1 millisecond'`;
}

/** The system answers again: it is shown so at once, but the next trouble goes on where the last one ended. */
export async function noteAnswer(executor: Executor, systemId: string): Promise<void> {
  await runCount(executor, sql`update system set trouble = null, reason = null where id = ${systemId}`);
}
