import { run, sql, type Executor } from '#platform';
import type { ConceptId, Entry } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';

/** The whole map that a draft makes: its base with its overlay. */
export async function readDraftMap(
  db: Executor,
  { id, schemeId, baseRevision }: DraftRow,
): Promise<Map<ConceptId, Entry>> {
  const entries = await run<Entry>(
    db,
    sql`
    select ${entryColumns} from draft_entry e where e.draft_id = ${id} and not e.retired
    union all
    select ${entryColumns} from entry e
    where e.scheme_id = ${schemeId} and e.live @> ${baseRevision}::int
      and not exists (select from draft_entry d where d.draft_id = ${id} and d.concept_id = e.concept_id)`,
  );
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}
