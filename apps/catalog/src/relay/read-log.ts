import type { RevisionEventKind } from '#contracts';
import { run, sql, type Executor } from '#platform';

export type LogKind = 'change' | RevisionEventKind;

/** A row of the change log, as `publication/log-changes.ts` writes it. */
export interface LogRow {
  readonly position: number;
  readonly scheme: string;
  readonly kind: LogKind;
  /** null: the row is about a sealed set, which has no number yet. */
  readonly revision: number | null;
  readonly effectiveDate: string | null;
  /** Only of a change. */
  readonly conceptId: string | null;
  readonly head: string;
  readonly before: string | null;
  readonly after: string | null;
}

const rowsAtOnce = 1_000;

/** The next rows after a position, in order. None means that there are no more just now. */
export async function readLog(db: Executor, after: number): Promise<LogRow[]> {
  return run<LogRow>(
    db,
    sql`
    select l.position, l.kind, l.scheme_id as scheme, l.revision, r.in_force_from as "effectiveDate", l.concept_id as "conceptId",
      l.head, l.before, l.after
    from change_log l left join revision r on r.scheme_id = l.scheme_id and r.number = l.revision
    where l.position > ${after} order by l.position limit ${rowsAtOnce}`,
  );
}
