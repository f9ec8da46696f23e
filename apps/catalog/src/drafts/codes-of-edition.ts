import { run, sql, type Executor, type Sql } from '#platform';
import type { Code, ConceptId, Entry } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/**
 * Codes that a draft gives to concepts and that another one had in a revision of the same edition: its label means both then.
 * @param base what the concepts were
 */
export async function readCodesOfEdition(
  db: Executor,
  { schemeId, baseRevision, edition }: DraftRow,
  entries: Iterable<Entry>,
  base: ReadonlyMap<ConceptId, Entry>,
): Promise<Set<Code>> {
  if (baseRevision === null) return new Set();
  const given = [...entries].filter(
    ({ conceptId, code }) => code !== null && base.get(conceptId)?.code !== code,
  );
  if (given.length === 0) return new Set();
  // Each of the two indexes of codes is asked: of the map in force, and of what has ended.
  const held = (until: Sql): Sql => sql`
    select given.code, e.from_revision, e.to_revision
    from given join entry e on e.scheme_id = ${schemeId} and e.code = given.code and e.concept_id <> given.id and ${until}`;
  const rows = await run<{ code: Code }>(
    db,
    sql`
    with own as materialized (
        select r.number from revision r join edition n on n.id = r.edition_id
        where r.scheme_id = ${schemeId} and n.label = ${edition.label}),
      given as materialized (
        select * from unnest(${given.map(({ code }) => code)}::text[], ${given.map(({ conceptId }) => conceptId)}::uuid[]) as g(code, id)),
      held as (${held(sql`e.to_revision is null`)} union all ${held(sql`e.to_revision > e.from_revision`)})
    select distinct code from held
    where exists (select from own where own.number >= from_revision and (to_revision is null or own.number < to_revision))`,
  );
  return new Set(rows.map(({ code }) => code));
}
