import { run, sql, type Executor } from '#platform';
import { foundWrong, isFoundWrong } from './found-wrong.ts';
import type { CodeAtTarget } from './schemas.ts';

/** One code at all targets: the record that carries it, also one that has ended or stands aside under it, and what is stuck under it. */
export async function readCode(executor: Executor, code: string): Promise<CodeAtTarget[]> {
  const rows = await run<Omit<CodeAtTarget, 'acknowledged'> & { acknowledged: Date | null }>(
    executor,
    sql`with found as (
          select target_id, concept_id from link where code = ${code}
          union select target_id, concept_id from link where code >= ${`${code} (`} and code < ${`${code} )`}
          union select target_id, concept_id from stuck where code = ${code}),
          wrong as materialized (${foundWrong(sql`array(select target_id from found)`)})
        select f.target_id as target, f.concept_id as "conceptId", l.external_id as "externalId",
          l.code as "recordCode", coalesce(l.state, 'none') as record, l.acknowledged_at as acknowledged,
          ${isFoundWrong} as drifted,
          case when s.concept_id is not null then
            jsonb_build_object('class', s.class, 'reason', s.reason, 'attempts', s.attempts) end as stuck
        from found f
          join target t on t.id = f.target_id and t.listed
          left join lateral (
            select * from link x where x.target_id = f.target_id and x.concept_id = f.concept_id
            order by x.state = 'current' desc, x.generation desc limit 1) l on true
          left join stuck s on s.target_id = f.target_id and s.concept_id = f.concept_id
          left join wrong w on w.target_id = f.target_id and w.concept_id = f.concept_id
        order by f.target_id, f.concept_id`,
  );
  return rows.map(({ acknowledged, ...row }) => ({
    ...row,
    acknowledged: acknowledged?.toISOString() ?? null,
  }));
}

/** Whether the code stands in any revision of the replica. */
export async function isKnownCode(executor: Executor, code: string): Promise<boolean> {
  return (await run(executor, sql`select from entry where code = ${code} limit 1`)).length > 0;
}
