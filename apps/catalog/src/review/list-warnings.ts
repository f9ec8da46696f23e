import { isRefusal, run, sql, type Executor, type Refusal } from '#platform';
import type { Finding } from '#taxonomy';
import type { DataSource, EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { findDraft } from '../drafts/find-draft.ts';
import { reviewToSubmit, warningsOf } from '../drafts/review-in-full.ts';
import type { Acknowledgement } from './acknowledge.ts';
import { findingKey } from './finding-key.ts';

export interface NamedWarning extends Finding {
  /** By which it is acknowledged. */
  readonly name: string;
  readonly acknowledged: Omit<Acknowledgement, 'finding'> | null;
}

/** Warnings of a draft, with who has acknowledged them. */
export async function listWarnings(db: DataSource, draftId: string): Promise<NamedWarning[] | Refusal> {
  const draft = await findDraft(db.manager, draftId);
  if (isRefusal(draft)) return draft;
  const warnings = await readWarnings(db.manager, draft);
  const acknowledged = new Map(
    (await readAcknowledgements(db, draftId)).map(({ finding, ...who }) => [finding, who]),
  );
  return warnings.map((finding) => {
    const name = findingKey(finding);
    return { ...finding, name, acknowledged: acknowledged.get(name) ?? null };
  });
}

/**
 * Warnings of a draft that the map in force does not have already, and those that were found when it was to be sealed, or
 * brought onto another map.
 */
export async function readWarnings(db: EntityManager, draft: DraftRow): Promise<Finding[]> {
  const found = [
    ...warningsOf(await reviewToSubmit(db, draft)),
    ...warningsOf({ findings: draft.returnedFindings }),
  ];
  return [...new Map(found.map((finding) => [findingKey(finding), finding])).values()];
}

export async function readAcknowledgements(db: Executor, draftId: string): Promise<Acknowledgement[]> {
  return run<Acknowledgement>(
    db,
    sql`
    select finding, person_id as by, at from draft_acknowledgement where draft_id = ${draftId} order by finding`,
  );
}
