import { run, sql, type Executor } from '#platform';
import type { Code } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/** Codes that a draft gives to concepts and that another one had in a revision of the same edition: its label means both then. */
export async function readCodesOfEdition(
  db: Executor,
  { id: draftId, schemeId, baseRevision, edition }: DraftRow,
): Promise<Set<Code>> {
  if (baseRevision === null) return new Set();
  // Both indexes of codes are asked: of the map in force, and of what has ended.
  const rows = await run<{ code: Code }>(
    db,
    sql`
    with own as materialized (
      select r.number from revision r join edition n on n.id = r.edition_id
      where r.scheme_id = ${schemeId} and n.label = ${edition.label})
    select distinct d.code from draft_entry d
      join entry e on e.scheme_id = ${schemeId} and e.code = d.code and e.concept_id <> d.concept_id
        and (e.to_revision is null or e.to_revision > e.from_revision)
    where d.draft_id = ${draftId} and not d.retired
      and exists (select from own where own.number >= e.from_revision and (e.to_revision is null or own.number < e.to_revision))`,
  );
  return new Set(rows.map(({ code }) => code));
}
