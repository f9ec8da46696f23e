import { run, sql, type Executor } from '#platform';
import { appendAudit, type Act } from '../audit/audited.ts';

interface Dropped {
  readonly adoptions: readonly unknown[];
  readonly rollouts: readonly unknown[];
  readonly pins: readonly { readonly target: string; readonly revision: number }[];
}

/**
 * What was decided of revisions that are no more does not hold for others of their number: adoptions, roll-outs and pins
 * end, and each is kept in the audit log.
 * @param kept revisions beyond that the catalog still has
 */
export async function dropActs(
  transaction: Executor,
  scheme: string,
  revision: number,
  kept: readonly number[],
  personId: string,
): Promise<void> {
  const isGone = sql`> ${revision} and not revision = any(${kept}::int[])`;
  const [dropped] = await run<Dropped>(
    transaction,
    sql`with adoptions as (
          delete from adoption where scheme = ${scheme} and revision ${isGone}
          returning organisation_id as organisation, revision, adopted_from as "from"),
        rollouts as (delete from rollout where scheme = ${scheme} and revision ${isGone} returning revision, waves),
        pins as (
          update target t set pinned_revision = null from target old
          where old.id = t.id and t.scheme = ${scheme}
            and t.pinned_revision > ${revision} and not t.pinned_revision = any(${kept}::int[])
          returning t.id as target, old.pinned_revision as revision)
        select (select coalesce(jsonb_agg(adoptions), '[]') from adoptions) as adoptions,
          (select coalesce(jsonb_agg(rollouts), '[]') from rollouts) as rollouts,
          (select coalesce(jsonb_agg(pins), '[]') from pins) as pins`,
  );
  if (!dropped) return;
  const { adoptions, rollouts, pins } = dropped;
  const acts: Act[] = pins.map(({ target, revision: pinned }) => ({
    action: 'pin-taken-back',
    subject: `target/${target}`,
    details: { revision: pinned, because: 'the catalog took the revision back' },
  }));
  if (adoptions.length + rollouts.length > 0) {
    const details = { after: revision, adoptions, rollouts };
    acts.unshift({ action: 'acts-taken-back', subject: `scheme/${scheme}`, details });
  }
  if (acts.length > 0) await appendAudit(transaction, { personId }, acts);
}
