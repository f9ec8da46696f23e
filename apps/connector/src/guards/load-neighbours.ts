import { run, sql, type Executor } from '#platform';
import type { PlannedChange } from '#contracts';
import type { Neighbour } from './plan-change-set.ts';

/** Entries in force above what changes, before and after, and directly below it. */
export async function loadNeighbours(
  executor: Executor,
  scheme: string,
  changes: readonly Pick<PlannedChange, 'conceptId' | 'after'>[],
): Promise<Neighbour[]> {
  const changed = changes.map(({ conceptId }) => conceptId);
  const places = changes.flatMap(({ after }) => after?.parentId ?? []);
  return run<Neighbour>(
    executor,
    sql`with recursive live as (
          select * from entry where scheme = ${scheme} and to_revision is null and from_revision <= (
            select max(number) from revision where scheme = ${scheme} and applied_at is not null)),
        above(id) as (
          select unnest(${[...changed, ...places]}::uuid[])
          union
          select e.parent_id from above join live e on e.concept_id = above.id where e.parent_id is not null)
        select e.concept_id as "conceptId", e.code, e.level, e.titles, e.notes, e.parent_id as "parentId", parent.code as "parentCode"
        from live e left join live parent on parent.concept_id = e.parent_id
        where e.code is not null
          and (e.concept_id in (select id from above) or e.parent_id = any(${changed}::uuid[]))`,
  );
}
