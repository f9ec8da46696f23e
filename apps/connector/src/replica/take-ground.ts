import { runCount, sql, type Executor } from '#platform';
import { asKept, say } from '#words';

/** Why nothing is sent to targets until a person releases them. */
export const takenBack = asKept(
  say`the catalog took back a revision that this target holds, as after a restored backup; look at what a dry run would send, then release it`,
);

interface Taken {
  readonly revision: number;
  /** Later revisions that the catalog still has; targets that hold one keep it. */
  readonly kept: readonly number[];
  /** Some later revision is no more. */
  readonly isOther: boolean;
}

/**
 * The replica goes back to a revision, and with it the ground of every target of the scheme: turns under way close nothing,
 * what they sent is in doubt, and everything is compared. Targets that hold a revision which the catalog has no more, or may have a
 * part of one, go to quarantine: what another history would do to them a person must have seen. One statement for all.
 */
export async function takeGround(
  transaction: Executor,
  scheme: string,
  { revision, kept, isOther }: Taken,
): Promise<void> {
  await runCount(
    transaction,
    sql`with touched as (
          select id, applied_revision > ${revision} and not applied_revision = any(${kept}::int[]) as holds_gone,
            coalesce(attempting = 0 and ${isOther} or attempting > ${revision} and not attempting = any(${kept}::int[]), false) as tried_gone,
            coalesce(tried_revision > ${revision} and not tried_revision = any(${kept}::int[]), false) as has_part,
            applied_revision > ${revision} or attempting is not null or coalesce(tried_revision > ${revision}, false) as is_beyond
          from target where scheme = ${scheme} for update)
        update target t set resets = t.resets + 1,
          compare_full = t.compare_full or x.is_beyond, in_step = t.in_step and not x.is_beyond,
          applied_revision = case when x.holds_gone then ${revision} else t.applied_revision end,
          attempting = case when x.tried_gone then 0 else t.attempting end,
          quarantine = case when x.holds_gone or x.tried_gone or x.has_part then coalesce(t.quarantine, ${takenBack}) else t.quarantine end
        from touched x where t.id = x.id`,
  );
}
