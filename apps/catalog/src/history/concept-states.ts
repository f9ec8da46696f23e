import { run, sql, type Executor } from '#platform';
import type { Code, ConceptId, Entry } from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';

/** A concept as it was from one revision on, until another, which it was not so in. */
export interface ConceptState extends Entry {
  readonly fromRevision: number;
  readonly toRevision: number | null;
  /** Codes of the ancestors in the first of these revisions, the top first. */
  readonly path: readonly Code[];
}

/** Every state that a concept ever had, the oldest first; none when the scheme has no such concept. */
export async function readConceptStates(
  db: Executor,
  schemeId: string,
  concept: ConceptId,
): Promise<ConceptState[]> {
  return run<ConceptState>(
    db,
    sql`
    with recursive up(revision, depth, parent_id, code) as (
      select e.from_revision, 1, p.parent_id, p.code
      from entry e join entry p on p.concept_id = e.parent_id and p.live @> e.from_revision
      where e.scheme_id = ${schemeId} and e.concept_id = ${concept}
      union all
      select up.revision, up.depth + 1, p.parent_id, p.code
      from up join entry p on p.concept_id = up.parent_id and p.live @> up.revision
    )
    select ${entryColumns}, e.from_revision as "fromRevision", e.to_revision as "toRevision", array(
        select up.code from up where up.revision = e.from_revision and up.code is not null order by depth desc) as path
    from entry e where e.scheme_id = ${schemeId} and e.concept_id = ${concept} order by e.from_revision`,
  );
}
