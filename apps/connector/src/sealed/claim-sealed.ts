import { run, runCount, sql, type Executor } from '#platform';

/** A sealed set that this worker alone works on, until the lease ends. */
export interface ClaimedSet {
  readonly id: string;
  readonly scheme: string;
  readonly place: number;
  /** Whether its changes are here; else they are to be fetched. */
  readonly isFetched: boolean;
  readonly effectiveDate: string;
  /** The newest one that the replica holds, on which the first set of the map stands. */
  readonly revision: number;
}

const leaseMs = 60_000;
const lease = sql`now() + ${leaseMs} * interval '1 millisecond'`;

const newest = sql`select r.number, r.content_hash from revision r
  where r.scheme = s.scheme and r.applied_at is not null order by r.number desc limit 1`;

/** All changes up to and with this set are here, and each set stands on what is below it. */
const stands = sql`(
  select bool_and(c.is_fetched and c.base_hash = c.below)
  from (select place, is_fetched, base_hash,
          coalesce(lag(content_hash) over (order by place), (select content_hash from (${newest}) n), '') as below
        from sealed_set where scheme = s.scheme) c
  where c.place <= s.place)`;

/** @returns the set that waits longest to be fetched or rehearsed; null when none does */
export async function claimSealed(executor: Executor, holder: string): Promise<ClaimedSet | null> {
  const [claimed] = await run<ClaimedSet>(
    executor,
    sql`update sealed_set s set lease_holder = ${holder}, lease_until = ${lease}
        where s.id = (
          select s.id from sealed_set s
          where s.due_at <= now() and (s.lease_until is null or s.lease_until < now()) and (not s.is_fetched or ${stands})
          order by s.due_at, s.place limit 1 for update skip locked)
        returning s.id, s.scheme, s.place, s.is_fetched as "isFetched", s.effective_date as "effectiveDate",
          coalesce((select number from (${newest}) n), 0) as revision`,
  );
  return claimed ?? null;
}

/** Holds the set for the rest of a transaction. @returns false when the lease is lost, or the set forgotten */
export async function renewSealed(transaction: Executor, id: string, holder: string): Promise<boolean> {
  const renewed = await runCount(
    transaction,
    sql`update sealed_set set lease_until = ${lease} where id = ${id} and lease_holder = ${holder}`,
  );
  return renewed > 0;
}

/** @param pauseMs before it is taken up again */
export async function releaseSealed(
  executor: Executor,
  id: string,
  holder: string,
  pauseMs = 0,
): Promise<void> {
  await runCount(
    executor,
    sql`update sealed_set set lease_holder = null, lease_until = null,
          due_at = greatest(due_at, now() + ${pauseMs} * interval '1 millisecond')
        where id = ${id} and lease_holder = ${holder}`,
  );
}
