import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import type { DraftRow } from '../database/entities/draft.entity.ts';

const mostNamed = 100;

/** An id that a draft gives to a new entry may have come to belong to another scheme since it was edited. */
export async function refuseElsewhere(db: Executor, draft: DraftRow): Promise<Refusal | null> {
  const found = await run<{ id: string; code: string | null; scheme: string }>(
    db,
    sql`
    select c.id, d.code, c.scheme_id as scheme from draft_entry d join concept c on c.id = d.concept_id
    where d.draft_id = ${draft.id} and not d.retired and c.scheme_id <> ${draft.schemeId} order by d.code, c.id limit ${mostNamed}`,
  );
  if (found.length === 0) return null;
  return refuse('concept-elsewhere', {
    title: say`Entries of the draft have ids that belong to another scheme`,
    status: 409,
    detail: say`Retire these entries in the draft, and create them again without an id.`,
    problems: found.map(({ id, code, scheme }) => ({
      rule: 'concept-elsewhere',
      message: say`The id ${id} belongs to the scheme ${scheme}.`,
      ...(code === null ? {} : { code }),
    })),
  });
}
