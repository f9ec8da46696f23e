import { identifier, sql, type Sql } from '#platform';

/** Whether an operator skipped the concept of a row, such as one of `link` or `stuck`, at its target. @param row its alias */
export function isSkipped(row: string): Sql {
  const of = identifier(row);
  return sql`exists (select from skip where skip.target_id = ${of}.target_id and skip.concept_id = ${of}.concept_id)`;
}
