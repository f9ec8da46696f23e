import { runCount, sql, type Executor } from '#platform';

/** Removes attempts that are older, so many at a time. @returns how many */
export async function forgetAttempts(db: Executor, days: number, most: number): Promise<number> {
  return runCount(
    db,
    sql`delete from attempt where id in (
          select id from attempt where at < now() - ${days} * interval '1 day' order by at limit ${most})`,
  );
}
