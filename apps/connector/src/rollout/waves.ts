import { isRefusal, refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { holdsOneRevision } from '../operations/target-states.ts';
import { unknownScheme } from '../operations/unknown-scheme.ts';
import { readGuarding } from '../guards/read-guarding.ts';
import { wake } from '../delivery/wake.ts';
import { refuseUnknownRevision } from './find-revision.ts';
import type { RevisionRollout, SchemeRollout } from './schemas.ts';

/**
 * How many waves every new revision of a map reaches by itself; the next ones wait for an operator. Revisions in force reach
 * as many as they do, or more.
 * @param waves null: all of them
 */
export async function setRolloutRule(
  transaction: Executor,
  scheme: string,
  waves: number | null,
): Promise<SchemeRollout | Refusal> {
  const known = await readRolloutRule(transaction, scheme);
  if (isRefusal(known)) return known;
  await keepReach(transaction, scheme, waves ?? 100);
  await runCount(
    transaction,
    waves === null
      ? sql`delete from rollout_rule where scheme = ${scheme}`
      : sql`insert into rollout_rule (scheme, waves) values (${scheme}, ${waves})
            on conflict (scheme) do update set waves = excluded.waves`,
  );
  await wake(transaction);
  return { scheme, waves };
}

/** What reaches more waves goes on doing so by an act of its own, unless a later revision reaches as many. */
async function keepReach(transaction: Executor, scheme: string, waves: number): Promise<void> {
  await runCount(
    transaction,
    sql`with in_force as (
          select number, reach.waves, max(reach.waves) over (order by number desc rows between unbounded preceding and 1 preceding) as later
          from reach where scheme = ${scheme} and effective_date <= (now() at time zone 'Europe/Rome')::date)
        insert into rollout (scheme, revision, waves)
        select ${scheme}, number, nullif(in_force.waves, 100) from in_force
        where in_force.waves > greatest(${waves}::int, later)
        on conflict do nothing`,
  );
}

/** The rule of a map; null: new revisions reach all waves. */
export async function readRolloutRule(executor: Executor, scheme: string): Promise<SchemeRollout | Refusal> {
  const [known] = await run<SchemeRollout>(
    executor,
    sql`select ${scheme}::text as scheme, (select waves from rollout_rule where scheme = ${scheme}) as waves
        where exists (select from target where scheme = ${scheme} and listed)
          or exists (select from revision where scheme = ${scheme})`,
  );
  return known ?? unknownScheme(scheme);
}

/**
 * How many waves a revision reaches: more, to go on; fewer, to hold it. Targets that hold it already keep it. Later
 * revisions without an act of their own reach no more.
 * @param waves null: all of them
 */
export async function setRollout(
  transaction: Executor,
  scheme: string,
  revision: number,
  waves: number | null,
): Promise<RevisionRollout | Refusal> {
  const refusal = await refuseUnknownRevision(transaction, scheme, revision);
  if (refusal) return refusal;
  await runCount(
    transaction,
    sql`insert into rollout (scheme, revision, waves) values (${scheme}, ${revision}, ${waves}::int)
        on conflict (scheme, revision) do update set waves = excluded.waves`,
  );
  await wake(transaction);
  return readRollout(transaction, scheme, revision);
}

/** How far a revision has come, wave by wave. */
export async function readRollout(
  executor: Executor,
  scheme: string,
  revision: number,
): Promise<RevisionRollout | Refusal> {
  const refusal = await refuseUnknownRevision(executor, scheme, revision);
  if (refusal) return refusal;
  const [reach] = await run<{ waves: number | null }>(
    executor,
    sql`select nullif(waves, 100) as waves from reach where scheme = ${scheme} and number = ${revision}`,
  );
  const byWave = await run<RevisionRollout['byWave'][number]>(
    executor,
    sql`select o.wave, count(*)::int as targets,
          count(*) filter (where d.revision >= ${revision})::int as "shouldHold",
          count(*) filter (where t.applied_revision >= ${revision})::int as applied,
          count(*) filter (where t.applied_revision >= ${revision} and ${holdsOneRevision})::int as "inStep"
        from target t join organisation o on o.id = t.organisation_id left join desired d on d.target_id = t.id
        where t.scheme = ${scheme} and t.listed group by o.wave order by o.wave`,
  );
  const guarding = await readGuarding(executor, scheme, revision);
  return { scheme, revision, waves: reach?.waves ?? null, ...guarding, byWave };
}

/**
 * Lets the wave go on that comes after those that a revision reaches.
 * @param seen how many waves it reached when somebody decided that it may go on; null: all of them
 */
export async function goOn(
  transaction: Executor,
  scheme: string,
  revision: number,
  seen: number | null,
): Promise<RevisionRollout | Refusal> {
  // Whoever changes how far revisions reach waits for whoever does, so that two that saw the same open one wave.
  await run(transaction, sql`select pg_advisory_xact_lock(hashtextextended('rollout', 0))`);
  const now = await readRollout(transaction, scheme, revision);
  if (isRefusal(now)) return now;
  const { waves } = now;
  if (waves !== seen) {
    return refuse('rollout-changed', {
      status: 409,
      title: say`The revision reaches other waves than those that were seen`,
      detail: say`Look how far revision ${revision} of "${scheme}" has come, and decide again.`,
    });
  }
  const next = waves === null ? undefined : now.byWave.find(({ wave }) => wave > waves);
  if (!next) {
    return refuse('nothing-held', {
      status: 409,
      title: say`No wave waits for this revision`,
      detail: say`Revision ${revision} of "${scheme}" reaches every wave that there is.`,
    });
  }
  return setRollout(transaction, scheme, revision, next.wave);
}
