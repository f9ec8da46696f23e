import { run, sql, type Executor } from '#platform';
import type { Code, ConceptId } from '#taxonomy';
import type { PersonId } from '../audit/person.ts';

/** One edit as the journal of a draft keeps it. */
export interface EditView {
  readonly number: number;
  readonly action: string;
  readonly by: PersonId;
  readonly at: string;
  /** How many concepts it touched. */
  readonly concepts: number;
  /** The first of them, in order of code, each with the code that the edit gave it or that it had. */
  readonly touched: readonly { readonly conceptId: ConceptId; readonly code: Code | null }[];
  readonly undone: boolean;
}

const mostNamed = 20;

export async function listEdits(db: Executor, draftId: string): Promise<EditView[]> {
  const rows = await run<Omit<EditView, 'at'> & { at: Date }>(
    db,
    sql`
    select number, action, person_id as by, at, concepts, undone, (
        select coalesce(jsonb_agg(named), '[]') from (
          select t.concept_id as "conceptId", coalesce(t.after ->> 'code', t.before ->> 'code') as code
          from draft_edit_entry t where t.draft_id = e.draft_id and t.number = e.number
          order by 2, 1 limit ${mostNamed}) named) as touched
    from draft_edit e where draft_id = ${draftId} order by number desc`,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
