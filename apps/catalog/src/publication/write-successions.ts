import { json, run, sql, type Executor } from '#platform';
import type { RecordedSuccession } from '#taxonomy';

/** Keeps the successions of a revision for good, in the transaction that makes it. */
export async function writeSuccessions(
  db: Executor,
  schemeId: string,
  successions: readonly RecordedSuccession[],
): Promise<void> {
  if (successions.length === 0) return;
  await run(
    db,
    sql`
    insert into succession (scheme_id, revision, predecessor, successor, kind, continues)
    select ${schemeId}, revision, predecessor, successor, kind, continues
    from jsonb_to_recordset(${json(successions)}) as s(revision int, predecessor uuid, successor uuid, kind text, continues boolean)`,
  );
}
