import { run, runCount, sql, type Executor } from '#platform';

/**
 * One attempt to make a target equal to its desired revision, safe against a kill at any moment:
 * 1. before anything is sent, `attempting` notes the revision that will be;
 * 2. what the target acknowledged is written in groups, only while the lease is held; then `attempting` is cleared;
 * 3. a turn that finds it set looks for every record before creating it, and repeats the rest: a step says the whole
 *    content, so a repeat does no harm;
 * 4. when another revision is desired by now, a turn in doubt sends all that may have been touched, from the top down;
 *    whoever takes a code comes after all that may have it. Then the ledger is true again, and an ordinary turn follows.
 */
export interface Turn {
  readonly targetId: string;
  readonly scheme: string;
  readonly applied: number;
  readonly desired: number;
  /** Compare everything, not only what changed. */
  readonly isFull: boolean;
  /** An earlier turn ended without knowing what became of its last requests: look before creating. */
  readonly mayExist: boolean;
  /** That turn was sending another revision: what the target acknowledged before may have been overwritten unseen. */
  readonly isInDoubt: boolean;
  /** Demands for a full comparison that were known when the turn began. */
  readonly resets: number;
  /** When the desired revision was published. */
  readonly publishedAt: Date;
}

/** What unfinished turns were sending is not known any more: several revisions, or another history or profile. */
const several = 0;

/**
 * Opens a turn, and notes what will be sent before anything is, so that whoever comes after a kill knows.
 * @returns null when the target has no work now
 */
export async function beginTurn(executor: Executor, targetId: string): Promise<Turn | null> {
  const [turn] = await run<Turn & { readonly attempted: number | null }>(
    executor,
    sql`update target t
        set attempting = case when old.attempting is null or old.attempting = d.revision then d.revision else ${several} end
        from target old, desired d, revision r
        where t.id = ${targetId} and old.id = t.id and d.scheme = t.scheme and ${hasWork()}
          and r.scheme = d.scheme and r.number = d.revision
        returning t.id as "targetId", t.scheme, t.applied_revision as applied, d.revision as desired,
          t.applied_revision = 0 as "isFull", old.attempting is not null as "mayExist",
          coalesce(old.attempting <> d.revision, false) as "isInDoubt", t.resets, r.published_at as "publishedAt"`,
  );
  return turn ?? null;
}

/** Of a target `t` with its desired revision `d`. What is in doubt and stuck waits for the time of the stuck one. */
export function hasWork(): ReturnType<typeof sql> {
  return sql`t.listed and not t.paused and (
    t.applied_revision < d.revision
    or t.attempting is not null
    or exists (select from stuck s where s.target_id = t.id and s.next_attempt_at <= now())
    or exists (select from link l where l.target_id = t.id and l.hash is null
      and not exists (select from stuck s where s.target_id = l.target_id and s.concept_id = l.concept_id)))`;
}

/** Everything of the desired revision is acknowledged or stuck. Does nothing when a full comparison was demanded meanwhile. */
export async function completeTurn(
  executor: Executor,
  { targetId, desired, resets }: Turn,
  outcome: { readonly isInStep: boolean; readonly hash: string },
): Promise<void> {
  await runCount(
    executor,
    sql`update target
        set applied_revision = ${desired}, attempting = null, in_step = ${outcome.isInStep}, in_step_hash = ${outcome.hash}
        where id = ${targetId} and resets = ${resets}`,
  );
}

/** The ledger is true again after a turn in doubt; what was refused in it is yet to be tried again. */
export async function endDoubt(executor: Executor, { targetId, desired, resets }: Turn): Promise<void> {
  await runCount(
    executor,
    sql`update target set attempting = ${desired} where id = ${targetId} and resets = ${resets}`,
  );
}

/** The turn could not be finished, but every answer is known: the next one need not look before it creates. */
export async function leaveTurn(executor: Executor, { targetId, resets }: Turn): Promise<void> {
  await runCount(
    executor,
    sql`update target set attempting = null where id = ${targetId} and resets = ${resets}`,
  );
}

/** The ledger does not add up: compare everything on the next turn. */
export async function demandFullComparison(executor: Executor, { targetId }: Turn): Promise<void> {
  await runCount(
    executor,
    sql`update target set applied_revision = 0, in_step = false, resets = resets + 1 where id = ${targetId}`,
  );
}
