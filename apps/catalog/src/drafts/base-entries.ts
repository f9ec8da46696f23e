import { sql, type Sql } from '#platform';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/**
 * The entries of the revision on which a draft stands, as a table to be put behind `from`, with an alias. Whatever came into
 * force since is not there: a draft meets it when it is rebased, by a merge of three. In two parts, so that the indexes of
 * the map in force serve the first; the second is what was closed since, mostly nothing.
 * @param condition on the columns of an entry. What joins it to other tables belongs here, behind `lateral`: a join from
 *   outside cannot be pushed into both parts, and then Postgres reads the whole map
 */
export function baseEntries(
  { schemeId, baseRevision }: Pick<DraftRow, 'schemeId' | 'baseRevision'>,
  condition: Sql = sql`true`,
): Sql {
  if (baseRevision === null) return sql`(select * from entry where false)`;
  const opened = sql`scheme_id = ${schemeId} and from_revision <= ${baseRevision} and ${condition}`;
  return sql`(
    select * from entry where ${opened} and to_revision is null
    union all
    select * from entry where ${opened} and to_revision > ${baseRevision})`;
}

/**
 * The same of one concept, which the index of its states alone can serve: as long as Postgres knows of no ended entries, it takes
 * an index of them by scheme for as good, and reads all of them for each concept. To be put behind `lateral` or `exists`.
 * @param concept a column
 */
export function baseEntryOf(
  { schemeId, baseRevision }: Pick<DraftRow, 'schemeId' | 'baseRevision'>,
  concept: Sql,
): Sql {
  return sql`(
    select * from entry where concept_id = ${concept} and scheme_id is not distinct from ${schemeId}
      and from_revision <= ${baseRevision} and (to_revision is null or to_revision > ${baseRevision}) offset 0)`;
}
