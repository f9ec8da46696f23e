import type { ImportState, ImportSummary } from '#contracts';
import { run, sql, type Executor } from '#platform';
import { presentState } from './import-record.ts';

export interface ImportsPage {
  readonly state?: ImportState;
  readonly cursor?: string;
  readonly limit: number;
}

/** Imports of a scheme, the newest first, without what was found in their files. */
export async function listImports(
  db: Executor,
  schemeId: string,
  { state, cursor, limit }: ImportsPage,
): Promise<{ items: ImportSummary[]; next: string | null }> {
  const offset = Number(cursor ?? 0);
  const found = await run<Omit<ImportSummary, 'createdAt'> & { createdAt: Date }>(
    db,
    sql`
    select * from (
      select i.id, i.scheme_id as scheme, i.edition ->> 'label' as edition, i.format, ${presentState} as state,
        i.rows_read as "rowsRead", i.replaces, i.base_revision as "baseRevision", i.draft_id as draft,
        i.created_by as "createdBy", i.created_at as "createdAt",
        (select count(*)::int from jsonb_array_elements(i.findings) f where f ->> 'severity' = 'error') as errors
      from import i where i.scheme_id = ${schemeId}) listed
    where ${state ?? null}::text is null or state = ${state ?? null}
    order by "createdAt" desc, id offset ${offset} limit ${limit + 1}`,
  );
  return {
    items: found
      .slice(0, limit)
      .map(({ createdAt, ...each }) => ({ ...each, createdAt: createdAt.toISOString() })),
    next: found.length > limit ? String(offset + limit) : null,
  };
}
