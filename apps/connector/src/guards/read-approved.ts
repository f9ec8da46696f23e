import type { StepCounts, StepGroups } from '#contracts';
import { json, run, sql, type Executor } from '#platform';
import type { Turn } from '../delivery/turn.ts';
import { allowedBy } from './step-groups.ts';

/**
 * What was approved for the targets of some turns: the plans of all revisions that lie between, together. A target is not in it where the
 * guard of its profile is off, or where one of these revisions has no plan for its profile.
 */
export async function readApproved(
  executor: Executor,
  turns: readonly Pick<Turn, 'targetId' | 'applied' | 'desired'>[],
): Promise<Map<string, StepGroups>> {
  const spans = await run<{ targets: string[]; plans: StepCounts[] }>(
    executor,
    sql`with span as (
          select t.scheme, t.profile_id, turn.applied, turn.desired, array_agg(t.id) as targets
          from jsonb_to_recordset(${json(turns)}) as turn("targetId" text, applied int, desired int)
            join target t on t.id = turn."targetId" join profile p on p.id = t.profile_id
          where p.guard = 'hold' group by t.scheme, t.profile_id, turn.applied, turn.desired)
        select span.targets, jsonb_agg(planned.counts order by r.number) as plans
        from span
          join revision r on r.scheme = span.scheme and r.number > span.applied and r.number <= span.desired
          cross join lateral (
            select jsonb_path_query_first(r.plan, '$[*] ? (@.profile == $profile).counts',
              jsonb_build_object('profile', span.profile_id)) as counts) planned
        group by span.targets having bool_and(planned.counts is not null)`,
  );
  return new Map(
    spans.flatMap(({ targets, plans }) => {
      const approved = allowedBy(plans);
      return targets.map((target) => [target, approved] as const);
    }),
  );
}
