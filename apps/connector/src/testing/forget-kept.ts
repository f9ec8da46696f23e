import type { DataSource } from 'typeorm';
import { run, sql } from '#platform';

/** Records that are not deleted, because something stays below them, wait for ever; forgets that they do. @returns their codes */
export async function forgetKept(db: DataSource): Promise<string[]> {
  const kept = await run<{ code: string }>(
    db,
    sql`delete from stuck where class = 'waits'
          and (target_id, concept_id) in (select target_id, concept_id from link where state = 'leaving')
        returning code`,
  );
  return kept.map(({ code }) => code);
}
