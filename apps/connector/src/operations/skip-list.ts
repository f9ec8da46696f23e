import { run, sql, type Executor } from '#platform';
import type { SkippedPage, StuckQuery } from './schemas.ts';

const beginning = ' 00000000-0000-0000-0000-000000000000';

type Row = Omit<SkippedPage['items'][number], 'since'> & { readonly since: Date };

/** What operators excluded at a target, in order of code, after a cursor; who did so says the audit log. */
export async function readSkips(
  executor: Executor,
  targetId: string,
  { cursor = beginning, limit }: StuckQuery,
): Promise<SkippedPage> {
  const [code = '', conceptId = ''] = cursor.split(' ');
  const rows = await run<Row>(
    executor,
    sql`with named as materialized (
          select s.concept_id, s.because_of, s.reason, s.since, t.scheme,
            coalesce(stuck.code, (select e.code from entry e where e.concept_id = s.concept_id
                                  order by e.from_revision desc limit 1), '') collate "C" as code
          from skip s join target t on t.id = s.target_id
            left join stuck on stuck.target_id = s.target_id and stuck.concept_id = s.concept_id
          where s.target_id = ${targetId}),
        act as (
          select distinct on (details ->> 'code') details ->> 'code' as code, actor
          from audit where subject = ${`target/${targetId}`} and action = 'code-skipped'
          order by details ->> 'code', position desc)
        select n.code, n.concept_id as "conceptId", n.reason, n.since, act.actor as by,
          case when n.because_of <> n.concept_id then b.code end as "becauseOf"
        from named n left join named b on b.concept_id = n.because_of left join act on act.code = coalesce(b.code, n.code)
        where (n.code, n.concept_id) > (${code} collate "C", ${conceptId}::uuid)
        order by n.code, n.concept_id limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit).map(({ since, ...row }) => ({ ...row, since: since.toISOString() }));
  const last = items.at(-1);
  return { items, next: last && rows.length > limit ? `${last.code} ${last.conceptId}` : null };
}
