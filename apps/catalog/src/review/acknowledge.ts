import { isDay } from '#contracts';
import { inTransaction, isRefusal, refuse, run, sql, type Refusal } from '#platform';
import type { RuleId } from '#taxonomy';
import { say } from '#words';
import type { DataSource } from 'typeorm';
import { appendAudit } from '../audit/append-audit.ts';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { findDraft, lockDraft } from '../drafts/find-draft.ts';
import { findingKey } from './finding-key.ts';
import { readAcknowledgements, readWarnings } from './list-warnings.ts';
import { editedMeanwhile } from './submit.ts';

export interface Acknowledgement {
  readonly finding: string;
  readonly by: PersonId;
  readonly at: Date;
}

const rulesOfDays: readonly RuleId[] = ['accounting-year', 'day-passed'];

/** A day is acknowledged before anybody asks to publish on it. */
const namesDay = (name: string): boolean =>
  rulesOfDays.some((rule) => name.startsWith(`${rule}:`) && isDay(name.slice(rule.length + 1)));

/**
 * Notes that somebody has seen warnings of a draft and accepts them.
 * @param findings names of its warnings, as `findingKey` makes them, or of a day: `accounting-year:2027-03-01`, `day-passed:2026-01-01`
 * @returns all acknowledgements of the draft, or a refusal with every name that is no warning of it
 */
export async function acknowledge(
  db: DataSource,
  draftId: string,
  findings: readonly string[],
  by: PersonId,
): Promise<Acknowledgement[] | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const asked = findings.filter((name) => !namesDay(name));
  const known = asked.length === 0 ? [] : (await readWarnings(db.manager, draft)).map(findingKey);
  const unknown = asked.filter((name) => !known.includes(name));
  return unknown.length > 0 ? refuseUnknown(unknown) : noteAcknowledgements(db, draft, findings, by);
}

/** @param draft as it was when its warnings were read */
export async function noteAcknowledgements(
  db: DataSource,
  { id: draftId, version }: Pick<DraftRow, 'id' | 'version'>,
  findings: readonly string[],
  by: PersonId,
): Promise<Acknowledgement[] | Refusal> {
  return inTransaction(db, async (transaction) => {
    const draft = await lockDraft(transaction, draftId, 'edit');
    if (isRefusal(draft)) return draft;
    if (draft.version !== version) return editedMeanwhile();
    await run(
      transaction,
      sql`
      insert into draft_acknowledgement (draft_id, finding, person_id, at)
      select distinct ${draftId}::uuid, finding, ${by}::uuid, now() from unnest(${findings}::text[]) finding
      on conflict do nothing`,
    );
    const details = { findings };
    await appendAudit(transaction, {
      actor: by,
      action: 'warnings-acknowledged',
      subject: `draft/${draftId}`,
      details,
    });
    return readAcknowledgements(transaction, draftId);
  });
}

function refuseUnknown(names: readonly string[]): Refusal {
  return refuse('warnings-unknown', {
    title: say`Some names are no warnings of the draft`,
    detail: say`Nothing was acknowledged. Read its warnings, and send their names.`,
    problems: names.map((name) => ({
      path: name,
      rule: 'warning-unknown',
      message: say`The draft has no warning ${name}.`,
    })),
  });
}
