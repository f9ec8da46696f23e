import { run, sql, type Executor, type Sql } from '#platform';
import { titleOf, type Code, type Entry, type FormerHolder } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';

/** Later than every revision. */
const inForce = 2_147_483_647;

/** An entry as it was when it last carried its code, the last revision in which it did, and its code in the revision that is asked about. */
export type FormerEntry = Entry & { readonly through: number; readonly now: Code | null };

/**
 * For each of these codes that a revision does not have, though an older one had (a historical one too): the entry that
 * carried it last, as it was then.
 * @param codes a query for one column, `code`
 */
export function readFormerHolders(
  db: Executor,
  schemeId: string,
  codes: Sql,
  revision = inForce,
): Promise<FormerEntry[]> {
  // Once for each of the two indexes of codes.
  const isHeld = (until: Sql): Sql =>
    sql`exists (select from entry h where h.scheme_id = ${schemeId} and h.code = given.code and h.from_revision <= ${revision} and ${until})`;
  return run<FormerEntry>(
    db,
    sql`
    with given as materialized (${codes})
    select distinct on (e.code) ${entryColumns}, e.to_revision - 1 as through, (
        select n.code from entry n where n.concept_id = e.concept_id and n.live @> ${revision}::int) as now
    from given join entry e on e.scheme_id = ${schemeId} and e.code = given.code and e.to_revision <= ${revision}
    where not ${isHeld(sql`h.to_revision is null`)} and not ${isHeld(sql`h.to_revision > ${revision}`)}
    order by e.code, e.to_revision desc`,
  );
}

/** Who last carried codes that a draft gives out, and that a revision, or else the map in force, does not have. */
export async function formerHoldersOf(
  db: Executor,
  { id: draftId, schemeId }: Pick<DraftRow, 'id' | 'schemeId'>,
  revision = inForce,
): Promise<Map<Code, FormerHolder>> {
  const codes = sql`select code from draft_entry where draft_id = ${draftId} and not retired and code is not null`;
  return byCode(await readFormerHolders(db, schemeId, codes, revision));
}

export function byCode(holders: readonly FormerEntry[]): Map<Code, FormerHolder> {
  return new Map(
    holders.flatMap((entry) =>
      entry.code === null
        ? []
        : [[entry.code, { conceptId: entry.conceptId, title: titleOf(entry), now: entry.now }]],
    ),
  );
}
