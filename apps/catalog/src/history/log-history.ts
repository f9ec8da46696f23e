import type { HistoryAddedEvent } from '#contracts';
import { run, sql, type Executor } from '#platform';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import type { HistoricalRevision } from './write-history.ts';

export interface AddedHistory {
  readonly edition: string;
  readonly entries: number;
  /** The revision that it stands before. */
  readonly before: RevisionRow;
  readonly auditHead: string;
}

/** Appends to the change log that a historical edition was added. */
export async function logHistory(
  db: Executor,
  { schemeId: scheme, number: revision, effectiveDate, contentHash }: HistoricalRevision,
  { edition, entries, before, auditHead }: AddedHistory,
): Promise<void> {
  const event: HistoryAddedEvent = {
    scheme,
    revision,
    effectiveDate,
    edition,
    entries,
    contentHash,
    before: { revision: before.number, contentHash: before.contentHash.toString('hex') },
    addedAt: new Date().toISOString(),
    auditHead,
  };
  await run(
    db,
    sql`
    insert into change_log (position, kind, scheme_id, revision, head)
    select coalesce(max(position), 0) + 1, 'history-added', ${scheme}, ${revision}, ${JSON.stringify(event)} from change_log`,
  );
}
