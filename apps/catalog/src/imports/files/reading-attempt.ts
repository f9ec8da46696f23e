import { json, runCount, sql, type Executor } from '#platform';
import type { Finding } from '#taxonomy';
import type { PersonId } from '../../audit/person.ts';
import { presentState } from './import-record.ts';

const isRunning = sql`state in ('queued', 'reading')`;

/** One try of one process to read the file of an import. Another try, or somebody who stops it, takes the import from it. */
export interface Attempt {
  readonly importId: string;
  readonly attemptId: string;
}

/** Takes an import for reading, when its turn comes. @returns whether it could be taken: it waits, or an earlier try came to nothing */
export async function takeImport(
  db: Executor,
  { importId, attemptId }: Attempt,
  sentBy: PersonId,
): Promise<boolean> {
  const taken = await runCount(
    db,
    sql`
    update import i set state = 'queued', attempt = ${attemptId}, sent_by = ${sentBy}, beat_at = now(), rows_read = 0,
      findings = '[]'
    where i.id = ${importId} and ${presentState} in ('waiting', 'failed', 'interrupted')`,
  );
  return taken > 0;
}

/** Tells that its turn has come. @returns whether the import is still this try's */
export async function beginReading(db: Executor, { importId, attemptId }: Attempt): Promise<boolean> {
  const begun = await runCount(
    db,
    sql`
    update import set state = 'reading', beat_at = now()
    where id = ${importId} and attempt = ${attemptId} and state = 'queued'`,
  );
  return begun > 0;
}

/** Tells how far it is. @returns whether the import is still this try's */
export async function beat(
  db: Executor,
  { importId, attemptId }: Attempt,
  rowsRead: number,
): Promise<boolean> {
  const kept = await runCount(
    db,
    sql`
    update import set rows_read = ${rowsRead}, beat_at = now()
    where id = ${importId} and attempt = ${attemptId} and ${isRunning}`,
  );
  return kept > 0;
}

export interface Outcome {
  readonly state: 'failed' | 'matching' | 'applied' | 'interrupted';
  readonly rowsRead: number;
  readonly findings: readonly Finding[];
  readonly sourceSha256?: string;
  readonly baseRevision?: number | null;
  readonly isHistory?: boolean;
  readonly draftId?: string;
}

/** Ends a try. @returns whether the import was still this try's; if not, the caller takes back what it did */
export async function finishReading(
  db: Executor,
  { importId, attemptId }: Attempt,
  { state, rowsRead, findings, sourceSha256, baseRevision, isHistory, draftId }: Outcome,
): Promise<boolean> {
  const finished = await runCount(
    db,
    sql`
    update import set state = ${state}, rows_read = ${rowsRead}, findings = ${json(findings)}, attempt = null,
      source_sha256 = ${sourceSha256 ?? null}, base_revision = ${baseRevision ?? null},
      is_history = ${isHistory ?? false}, draft_id = ${draftId ?? null}
    where id = ${importId} and attempt = ${attemptId} and ${isRunning}`,
  );
  return finished > 0;
}
