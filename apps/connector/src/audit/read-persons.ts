import { run, sql, type Executor } from '#platform';
import type { Person, PersonsAnswer, PersonsQuery } from './schemas.ts';

const beginning = '00000000-0000-0000-0000-000000000000';

/** Who stands behind the ids of the audit log, in their order; a name would stand in the log of whoever serves the next page. */
export async function readPersons(
  executor: Executor,
  { cursor = beginning, limit }: PersonsQuery,
): Promise<PersonsAnswer> {
  const rows = await run<Person>(
    executor,
    sql`select id, subject from person where id > ${cursor}::uuid order by id limit ${limit + 1}`,
  );
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
