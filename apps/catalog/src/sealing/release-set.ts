import { json, run, sql, type Executor } from '#platform';
import type { DraftConflict } from './conflicts.ts';
import { logSealed } from './log-sealed.ts';
import { clearChanges } from './write-sealed.ts';

export interface Release {
  readonly schemeId: string;
  readonly draftId: string;
  readonly effectiveDate: string;
  /** Withdrawn by a person, or back to a person with these conflicts. */
  readonly conflicts?: readonly DraftConflict[];
}

/** Takes a set out of the chain and tells everybody, with the lock of the change log held. */
export async function releaseSet(
  db: Executor,
  { schemeId: scheme, draftId, effectiveDate, conflicts }: Release,
  at: Date,
): Promise<void> {
  const [state, returnedAt] = conflicts ? ['open', at] : ['withdrawn', null];
  await run(
    db,
    sql`
    update draft set state = ${state}, returned_at = ${returnedAt}, version = version + 1, submitted_hash = null,
      sealed_hash = null, sealed_on = null, seal_position = null,
      effective_date = case when ${returnedAt}::timestamptz is null then null else effective_date end
    where id = ${draftId}`,
  );
  await clearChanges(db, draftId);
  await storeConflicts(db, draftId, conflicts ?? []);
  const reason = conflicts ? 'conflict' : 'withdrawn';
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
  conflicts: readonly DraftConflict[],
): Promise<void> {
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
