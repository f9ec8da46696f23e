import type { RevisionEventKind, SealedEvent, WithdrawnEvent } from '#contracts';
import { run, sql, type Executor } from '#platform';

/** Appends what is to be told of a sealed set to the change log, whose lock the caller holds. */
export async function logSealed(
  db: Executor,
  kind: Exclude<RevisionEventKind, 'in-force'>,
  event: SealedEvent | WithdrawnEvent,
): Promise<void> {
  await run(
    db,
    sql`
    insert into change_log (position, kind, scheme_id, head)
    select 1 + coalesce(max(position), 0), ${kind}, ${event.scheme}, ${JSON.stringify(event)} from change_log`,
  );
}
