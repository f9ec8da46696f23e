import { run, sql, type Executor } from '#platform';

/** Whether what a revision does to targets is compared with what was approved. */
export interface Guarding {
  readonly guarded: boolean;
  /** Profiles with the guard for which no approved plan is known: it came while the connector was away, or they are newer. */
  readonly withoutPlan: string[];
}

export async function readGuarding(executor: Executor, scheme: string, revision: number): Promise<Guarding> {
  const found = await run<{ profile: string }>(
    executor,
    sql`select p.id as profile
        from revision r join profile p on p.guard = 'hold'
          and p.id in (select profile_id from target where scheme = r.scheme and listed)
        where r.scheme = ${scheme} and r.number = ${revision}
          and not coalesce(r.plan @> jsonb_build_array(jsonb_build_object('profile', p.id)), false)
        order by p.id`,
  );
  return { guarded: found.length === 0, withoutPlan: found.map(({ profile }) => profile) };
}
