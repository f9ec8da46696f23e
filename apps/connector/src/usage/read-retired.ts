import { run, sql, type Executor, type Sql } from '#platform';
import type { ConceptId } from '#taxonomy';
import { replacementOf } from './replacement.ts';
import type { RetiredRecord, Successor } from './schemas.ts';

/** A place among the records of a target: the last one of a page. */
export interface Place {
  readonly conceptId: ConceptId;
  readonly generation: number;
}

type Row = Place & Omit<RetiredRecord, 'replacement'>;
export type PlacedRecord = Place & RetiredRecord;

/** Records of a target that are out of use, one more than asked for where there are more. */
export async function readRetired(
  executor: Executor,
  target: { readonly id: string; readonly scheme: string },
  after: Place | null,
  limit: number,
): Promise<PlacedRecord[]> {
  const place = after
    ? sql`(l.concept_id, l.generation) > (${after.conceptId}::uuid, ${after.generation}::int)`
    : sql`true`;
  return read(executor, target, sql`${place} order by l.concept_id, l.generation limit ${limit + 1}`);
}

/** Those that were in use under a code, or whose entry had it before they were made; at most so many. */
export async function readRetiredWith(
  executor: Executor,
  target: { readonly id: string; readonly scheme: string },
  code: string,
  limit: number,
): Promise<PlacedRecord[]> {
  const { scheme } = target;
  return read(
    executor,
    target,
    sql`(coalesce(l.used_code, l.code) = ${code}
          or not exists (select from link o where o.target_id = l.target_id and o.concept_id = l.concept_id
                           and coalesce(o.used_code, o.code) = ${code})
            and l.concept_id in (
              select concept_id from entry where scheme = ${scheme} and code = ${code}
              union select concept_id from withdrawn_entry where scheme = ${scheme} and code = ${code}))
        order by l.concept_id, l.generation limit ${limit}`,
  );
}

async function read(
  executor: Executor,
  target: { readonly id: string; readonly scheme: string },
  which: Sql,
): Promise<PlacedRecord[]> {
  const rows = await run<Row>(
    executor,
    sql`select l.concept_id as "conceptId", l.generation, l.external_id as "externalId", l.code as "recordCode",
          coalesce(l.used_code, l.code) as code, coalesce(last.titles, w.titles) -> p.language ->> 'official' as title
        from link l join target t on t.id = l.target_id join profile p on p.id = t.profile_id
          left join withdrawn_entry w on w.concept_id = l.concept_id
          left join lateral (select titles from entry e where e.concept_id = l.concept_id
                             order by e.from_revision desc limit 1) last on true
        where l.target_id = ${target.id} and l.state in ('ended', 'leaving') and ${which}`,
  );
  const concepts = [...new Set(rows.map(({ conceptId }) => conceptId))];
  const successors = await readSuccessors(executor, target, concepts);
  const isKnown = await knowsSuccessions(executor, target.scheme);
  return rows.map((row) => ({
    ...row,
    replacement: replacementOf(successors.get(row.conceptId) ?? [], isKnown),
  }));
}

/** What takes the places of concepts today, over all revisions between; a concept that goes on is among its own successors. */
async function readSuccessors(
  executor: Executor,
  { id, scheme }: { readonly id: string; readonly scheme: string },
  concepts: readonly ConceptId[],
): Promise<Map<ConceptId, Successor[]>> {
  const rows = await run<Successor & { readonly source: ConceptId }>(
    executor,
    sql`with recursive applied as (
          select max(number) as revision from revision where scheme = ${scheme} and applied_at is not null),
        reach(source, concept_id) as (
          select id, id from unnest(${concepts}::uuid[]) as id
          union
          select r.source, s.successor from reach r join succession s on s.predecessor = r.concept_id
          where s.scheme = ${scheme} and s.revision <= (select revision from applied))
        select r.source, e.concept_id as "conceptId", e.code, e.titles -> p.language ->> 'official' as title,
          l.external_id as "externalId"
        from reach r
          join entry e on e.concept_id = r.concept_id and e.to_revision is null and e.code is not null
          join target t on t.id = ${id} join profile p on p.id = t.profile_id
          left join link l on l.target_id = t.id and l.concept_id = e.concept_id and l.state = 'current'
        order by e.code`,
  );
  const bySource = new Map<ConceptId, Successor[]>();
  for (const { source, ...successor } of rows)
    bySource.set(source, [...(bySource.get(source) ?? []), successor]);
  return bySource;
}

async function knowsSuccessions(executor: Executor, scheme: string): Promise<boolean> {
  const [row] = await run<{ all: boolean | null }>(
    executor,
    sql`select bool_and(knows_successions) as all from revision where scheme = ${scheme} and applied_at is not null`,
  );
  return row?.all ?? false;
}
