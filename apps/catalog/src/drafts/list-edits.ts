import { run, sql, type Executor } from '#platform';
import type { PersonId } from '../audit/person.ts';

/** One edit as the journal of a draft keeps it. */
export interface EditView {
  readonly number: number;
  readonly action: string;
  readonly by: PersonId;
  readonly at: string;
  /** How many concepts it touched. */
  readonly concepts: number;
  readonly undone: boolean;
}

export async function listEdits(db: Executor, draftId: string): Promise<EditView[]> {
  const rows = await run<Omit<EditView, 'at'> & { at: Date }>(
    db,
    sql`
    select number, action, person_id as by, at, concepts, undone from draft_edit
    where draft_id = ${draftId} order by number desc`,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
