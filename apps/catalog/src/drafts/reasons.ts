import { json, run, sql, type Executor } from '#platform';
import type { ConceptId } from '#taxonomy';

/** Why somebody asks for a change of a concept, in their own words. */
export interface Reason {
  readonly conceptId: ConceptId;
  readonly reason: string;
}

/** Keeps the reasons of a draft, in place of those that it had. */
export async function writeReasons(db: Executor, draftId: string, reasons: readonly Reason[]): Promise<void> {
  await run(db, sql`delete from draft_reason where draft_id = ${draftId}`);
  if (reasons.length === 0) return;
  await run(
    db,
    sql`
    insert into draft_reason (draft_id, concept_id, reason)
    select ${draftId}::uuid, "conceptId", reason from jsonb_to_recordset(${json(reasons)}) as r("conceptId" uuid, reason text)
    on conflict do nothing`,
  );
}

export function readReasons(db: Executor, draftId: string): Promise<Reason[]> {
  return run<Reason>(
    db,
    sql`
    select concept_id as "conceptId", reason from draft_reason where draft_id = ${draftId} order by concept_id`,
  );
}

/** Why a concept was changed, revision by revision. */
export function readReasonsOf(
  db: Executor,
  schemeId: string,
  concept: ConceptId,
): Promise<{ revision: number; reason: string }[]> {
  return run(
    db,
    sql`
    select d.published_revision as revision, r.reason from draft_reason r join draft d on d.id = r.draft_id
    where r.concept_id = ${concept} and d.scheme_id = ${schemeId} and d.published_revision is not null
    order by d.published_revision`,
  );
}

/** The reasons of all revisions that lie between two, the later included, in their order. */
export function readReasonsBetween(
  db: Executor,
  schemeId: string,
  from: number,
  to: number,
): Promise<Reason[]> {
  return run<Reason>(
    db,
    sql`
    select r.concept_id as "conceptId", r.reason from draft_reason r join draft d on d.id = r.draft_id
    where d.scheme_id = ${schemeId}
      and d.published_revision > ${Math.min(from, to)} and d.published_revision <= ${Math.max(from, to)}
    order by d.published_revision, r.concept_id`,
  );
}
