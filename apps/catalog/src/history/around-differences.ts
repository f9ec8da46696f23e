import { run, sql, type Executor, type Sql } from '#platform';
import type { ConceptId, Entry } from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';
import { atRevision } from '../reading/at-revision.ts';

/**
 * The part of revision `number` around what differs between it and `other`: concepts whose row is not in both, those
 * named by successions, their ancestors in either, and the siblings of all of these.
 */
export async function readAroundDifferences(
  db: Executor,
  schemeId: string,
  number: number,
  { other, named }: { readonly other: number; readonly named: readonly ConceptId[] },
): Promise<Map<ConceptId, Entry>> {
  const [low, high] = [Math.min(number, other), Math.max(number, other)];
  const here = atRevision(schemeId, number);
  const entries = await run<Entry>(
    db,
    sql`
    with recursive up(id) as (
      (select e.concept_id from entry e where ${inOneOnly(schemeId, low, high)}
       union select unnest(${named}::uuid[]))
      union
      select e.parent_id from up join entry e on e.concept_id = up.id
      where e.parent_id is not null and (${here} or ${atRevision(schemeId, other)})
    ), near(id) as (
      select id from up
      union select e.concept_id from up join entry e on e.parent_id = up.id where ${here}
      union select e.concept_id from entry e where e.parent_id is null and ${here}
    )
    select ${entryColumns} from near join entry e on e.concept_id = near.id and ${here}`,
  );
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}

function inOneOnly(schemeId: string, low: number, high: number): Sql {
  return sql`e.scheme_id = ${schemeId} and (
    (e.from_revision > ${low} and e.from_revision <= ${high} and (e.to_revision is null or e.to_revision > ${high}))
    or (e.to_revision > ${low} and e.to_revision <= ${high} and e.from_revision <= ${low}))`;
}
