import { run, sql, type Executor } from '#platform';
import type { PersonId } from '../audit/person.ts';

/** Remembers that somebody had a hand in a draft: they cannot approve it. */
export async function recordEditor(db: Executor, draftId: string, by: PersonId): Promise<void> {
  await run(
    db,
    sql`insert into draft_editor (draft_id, person_id) values (${draftId}, ${by}) on conflict do nothing`,
  );
}
