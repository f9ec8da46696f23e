import type { Edition, ImportFileAnswer, ImportState } from '#contracts';
import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import { say, spoken, type Language } from '#words';

/** An import of a file, whatever its state. */
export interface ImportRecord {
  readonly id: string;
  readonly schemeId: string;
  readonly edition: Edition;
  readonly format: string;
  readonly options: unknown;
  readonly replaces: string | null;
  readonly state: ImportState;
  readonly rowsRead: number;
  readonly findings: Finding[];
  readonly baseRevision: number | null;
  /** When its file was read its edition was from before the lowest revision, with which it was compared. */
  readonly isHistory: boolean;
  readonly draftId: string | null;
  /** Grows with each decision. */
  readonly version: number;
  readonly sourceSha256: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** How long a process that reads a file may be silent before it counts as gone. */
export const silentAfterMs = 30_000;

/** SQL of the state: an import whose process went silent is interrupted, though nobody is there to say so. */
export const presentState = sql`case when i.state in ('queued', 'reading')
  and i.beat_at < now() - ${silentAfterMs} * interval '1 millisecond' then 'interrupted' else i.state end`;

export async function findImport(
  db: Executor,
  id: string,
  lock: 'lock' | 'read' = 'read',
): Promise<ImportRecord | Refusal> {
  const [found] = await run<ImportRecord>(
    db,
    sql`
    select i.id, i.scheme_id as "schemeId", i.edition, i.format, i.options, i.replaces, ${presentState} as state,
      i.rows_read as "rowsRead", i.findings, i.base_revision as "baseRevision", i.is_history as "isHistory",
      i.draft_id as "draftId", i.version,
      i.source_sha256 as "sourceSha256", i.created_by as "createdBy", i.created_at as "createdAt"
    from import i where i.id = ${id} ${lock === 'lock' ? sql`for update` : sql``}`,
  );
  return found ?? refuse('import-unknown', { title: say`There is no such import`, status: 404 });
}

export function importView(record: ImportRecord, language: Language): ImportFileAnswer {
  const { id, format, state, rowsRead, findings, replaces, baseRevision, createdBy } = record;
  return {
    id,
    scheme: record.schemeId,
    edition: record.edition.label,
    format,
    state,
    rowsRead,
    findings: spoken(findings, language),
    replaces,
    baseRevision,
    draft: record.draftId,
    createdBy,
    createdAt: record.createdAt.toISOString(),
  };
}
