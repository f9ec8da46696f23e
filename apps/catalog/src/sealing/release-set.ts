import { json, run, sql, type Executor } from '#platform';
import type { Reasons } from './conflicts.ts';
import { logSealed } from './log-sealed.ts';
import { clearChanges } from './write-sealed.ts';

export interface Release {
  readonly schemeId: string;
  readonly draftId: string;
  readonly effectiveDate: string;
  /** Why it goes back to a person; left out when a person withdrew it. */
  readonly reasons?: Reasons;
}

/** Takes a set out of the chain and tells everybody, with the lock of the change log held. */
export async function releaseSet(
  db: Executor,
  { schemeId: scheme, draftId, effectiveDate, reasons }: Release,
  at: Date,
): Promise<void> {
  const [state, returnedAt] = reasons ? ['open', at] : ['withdrawn', null];
  await run(
    db,
    sql`
    update draft set state = ${state}, returned_at = ${returnedAt}, version = version + 1, submitted_hash = null, submission_hash = null, plan = null,
      sealed_hash = null, sealed_on = null, sealed_on_revision = null, sealed_edition = null, seal_position = null,
      effective_date = case when ${returnedAt}::timestamptz is null then null else effective_date end
    where id = ${draftId}`,
  );
  await clearChanges(db, draftId);
  await storeConflicts(db, draftId, reasons ?? { conflicts: [], findings: [] });
  const reason = reasons ? 'conflict' : 'withdrawn';
  await logSealed(db, 'withdrawn', {
    scheme,
    set: draftId,
    effectiveDate,
    reason,
    withdrawnAt: at.toISOString(),
  });
}

/** What waits for a person's decision, in place of what did before. */
export async function storeConflicts(
  db: Executor,
  draftId: string,
  { conflicts, findings }: Reasons,
): Promise<void> {
  await run(db, sql`update draft set returned_findings = ${json(findings)} where id = ${draftId}`);
  await run(db, sql`delete from draft_conflict where draft_id = ${draftId}`);
  await run(
    db,
    sql`
    insert into draft_conflict (draft_id, concept_id, field, before, mine, theirs)
    select ${draftId}, "conceptId", field, before, mine, theirs
    from jsonb_to_recordset(${json(conflicts)})
      as row("conceptId" uuid, field text, before jsonb, mine jsonb, theirs jsonb)`,
  );
}
