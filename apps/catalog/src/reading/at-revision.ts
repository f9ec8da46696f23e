import { sql, type Sql } from '#platform';

/** Condition on an alias `e` of `entry`: the row is part of this revision. */
export function atRevision(schemeId: string, number: number): Sql {
  return sql`e.scheme_id = ${schemeId} and e.from_revision <= ${number} and (e.to_revision is null or e.to_revision > ${number})`;
}
