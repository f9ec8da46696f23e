import { run, sql, type Executor } from '#platform';

/**
 * Whoever created an import, sent its file, or decided a match of it or of those that it replaces has had a hand in its
 * draft: they cannot approve it.
 */
export async function recordImporters(db: Executor, draftId: string, importId: string): Promise<void> {
  await run(
    db,
    sql`
    with recursive line(id, replaces) as (
      select id, replaces from import where id = ${importId}
      union select i.id, i.replaces from line join import i on i.id = line.replaces
    )
    insert into draft_editor (draft_id, person_id)
    select ${draftId}::uuid, person.id from (
      select created_by from import where id = ${importId}
      union select sent_by from import where id = ${importId} and sent_by is not null
      union select d.decided_by from match_decision d join line on line.id = d.import_id
    ) as person(id)
    on conflict do nothing`,
  );
}
