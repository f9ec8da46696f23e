import { run, sql, type Executor } from '#platform';
import type { ConceptId, Entry } from '#taxonomy';
import type { RevisionRow } from '../database/entities/revision.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { atRevision } from './at-revision.ts';

/** The whole map of a revision. */
export async function readMapAt(
  db: Executor,
  { schemeId, number }: Pick<RevisionRow, 'schemeId' | 'number'>,
): Promise<Map<ConceptId, Entry>> {
  const entries = await run<Entry>(
    db,
    sql`select ${entryColumns} from entry e where ${atRevision(schemeId, number)}`,
  );
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}
