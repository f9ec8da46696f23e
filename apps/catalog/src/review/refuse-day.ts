import { run, sql, type Executor, type Refusal } from '#platform';
import { dayPassed, outsideAccountingYear } from '#taxonomy';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { headOf } from '../drafts/open-draft.ts';
import { readAcknowledgements } from './list-warnings.ts';
import { refuseWarnings } from './refuse-warnings.ts';

/**
 * A day that has passed, or one in the middle of an accounting year when codes change, must have been acknowledged by its
 * name. A first revision, before which there was nothing, may count from any day; none from a day before that of the revision
 * in force, which publishing refuses whatever was acknowledged.
 */
export async function refuseDay(
  db: EntityManager,
  { id, schemeId }: Pick<DraftRow, 'id' | 'schemeId'>,
  effectiveDate: string,
  today: string,
): Promise<Refusal | null> {
  const head = await headOf(db, schemeId);
  if (!head || effectiveDate < head.inForceFrom) return null;
  const findings = [
    outsideAccountingYear(await countCodeChanges(db, id), effectiveDate),
    dayPassed(effectiveDate, today),
  ].filter((finding) => finding !== null);
  return refuseWarnings(findings, await readAcknowledgements(db, id));
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
