import { run, sql, type Executor, type Refusal } from '#platform';
import { outsideAccountingYear } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { readAcknowledgements } from './list-warnings.ts';
import { refuseWarnings } from './refuse-warnings.ts';

/** A day in the middle of an accounting year, when codes change, must have been acknowledged by its name. */
export async function refuseDay(
  db: Executor,
  { id, baseRevision }: Pick<DraftRow, 'id' | 'baseRevision'>,
  effectiveDate: string,
): Promise<Refusal | null> {
  if (baseRevision === null) return null;
  const finding = outsideAccountingYear(await countCodeChanges(db, id), effectiveDate);
  return finding && refuseWarnings([finding], await readAcknowledgements(db, id));
}

async function countCodeChanges(db: Executor, draftId: string): Promise<number> {
  const [row] = await run<{ codes: number }>(
    db,
    sql`
    select count(*)::int as codes from draft_entry d
    where d.draft_id = ${draftId} and (d.retired or d.code is distinct from d.before ->> 'code')`,
  );
  return row?.codes ?? 0;
}
