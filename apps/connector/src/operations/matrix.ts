import { run, sql, type Executor } from '#platform';
import { foundWrong, isFoundWrong } from './found-wrong.ts';
import type { Matrix, matrixQuery } from './schemas.ts';
import type { z } from 'zod';
import { matches } from './target-filter.ts';

/**
 * Codes in force against targets, a page of each. A cell says how the record stands against the revision that the
 * target holds; a target that has not got that far shows what it has.
 * @returns null for a map of which the connector has heard nothing
 */
export async function readMatrix(
  executor: Executor,
  scheme: string,
  query: z.output<typeof matrixQuery>,
): Promise<Matrix | null> {
  const { branch, code: after, codes: codeLimit, cursor, limit, ...filter } = query;
  if ((await run(executor, sql`select from entry where scheme = ${scheme} limit 1`)).length === 0)
    return null;
  const codes = await run<{ conceptId: string; code: string }>(
    executor,
    sql`with recursive branch(id) as (
          select concept_id from entry where scheme = ${scheme} and to_revision is null and code = ${branch ?? null}::text
          union all
          select e.concept_id from branch b join entry e on e.parent_id = b.id and e.to_revision is null)
        select concept_id as "conceptId", code from entry
        where scheme = ${scheme} and to_revision is null and code > ${after ?? ''}
          and (${branch ?? null}::text is null or concept_id in (select id from branch))
        order by code limit ${codeLimit + 1}`,
  );
  const targets = await run<{ id: string }>(
    executor,
    sql`select t.id from target t where ${matches({ ...filter, scheme })} and t.id > ${cursor ?? ''}
        order by t.id limit ${limit + 1}`,
  );
  const rows = codes.slice(0, codeLimit);
  const columns = targets.slice(0, limit).map(({ id }) => id);
  const cells = await run<{ code: string; cells: Matrix['rows'][number]['cells'] }>(
    executor,
    sql`with wrong as materialized (${foundWrong(sql`${columns}::text[]`)})
        select c.code, array_agg(case
            when exists (select from skip k where k.target_id = t.id and k.concept_id = c.id) then 'skipped'
            when s.class is not null then s.class
            when ${isFoundWrong} then 'drifted'
            when l.state = 'current' and l.hash is not null then 'in-step'
            when l.state = 'current' then 'waits'
            when l.state in ('ended', 'leaving') then 'ended'
            when l.state = 'deleted' then 'deleted'
            else 'missing' end order by t.place) as cells
        from unnest(${rows.map(({ conceptId }) => conceptId)}::uuid[], ${rows.map(({ code }) => code)}::text[]) as c(id, code)
          cross join unnest(${columns}::text[]) with ordinality as t(id, place)
          left join stuck s on s.target_id = t.id and s.concept_id = c.id
          left join lateral (
            select state, hash, acknowledged_at from link x where x.target_id = t.id and x.concept_id = c.id and x.state <> 'pending'
            order by x.state = 'current' desc, x.generation desc limit 1) l on true
          left join wrong w on w.target_id = t.id and w.concept_id = c.id
        group by c.code order by c.code collate "C"`,
  );
  return {
    targets: columns,
    rows: columns.length === 0 ? rows.map(({ code }) => ({ code, cells: [] })) : cells,
    nextCode: codes.length > codeLimit ? (rows.at(-1)?.code ?? null) : null,
    nextTarget: targets.length > limit ? (columns.at(-1) ?? null) : null,
  };
}
