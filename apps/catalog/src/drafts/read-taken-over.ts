import { run, sql, type Executor } from '#platform';
import type { ConceptId, Entry, TakenOver } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { baseEntryOf } from './base-entries.ts';

/**
 * Of concepts that ended before the base of a draft: the entries of that base which took their places when they last
 * ended, at once or through others that ended in turn.
 */
export async function readTakenOver(
  db: Executor,
  draft: Pick<DraftRow, 'schemeId' | 'baseRevision'>,
  former: readonly ConceptId[],
): Promise<TakenOver> {
  const { baseRevision } = draft;
  if (baseRevision === null || former.length === 0) return new Map();
  const rows = await run<Entry & { former: ConceptId }>(
    db,
    sql`
    with recursive led(former, concept, revision) as (
      select ended.id, s.successor, s.revision
      from (
        select concept_id as id, max(to_revision) as revision from entry
        where concept_id = any(${former}::uuid[]) and to_revision <= ${baseRevision} group by 1) as ended
      join succession s on s.predecessor = ended.id and s.revision = ended.revision
      union
      select led.former, s.successor, s.revision from led
      join succession s on s.predecessor = led.concept and s.revision > led.revision and s.revision <= ${baseRevision})
    select distinct on (former, e.concept_id) led.former, ${entryColumns} from led
    cross join lateral ${baseEntryOf(draft, sql`led.concept`)} e
    order by former, e.concept_id`,
  );
  return Map.groupBy(rows, (row) => row.former);
}
