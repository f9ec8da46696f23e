import type { Code, ConceptId, Title } from '#taxonomy';
import { json, run, sql, type Executor, type Sql } from '#platform';

/** Turns of one kind: what changed for their targets is the same. */
export interface Span {
  readonly scheme: string;
  readonly applied: number;
  readonly desired: number;
  readonly isFull: boolean;
  readonly isInDoubt: boolean;
}

/** A concept as it is in the desired revision, or as it last was. */
export interface LoadedEntry {
  readonly conceptId: ConceptId;
  readonly code: Code;
  readonly level: number;
  readonly titles: Readonly<Record<string, Title>>;
  /** Hash of the notes; null when the entry is gone. */
  readonly notes: string | null;
  /** That of the notes it last had, when it is gone; null where nobody knows. */
  readonly lastNotes: string | null;
  readonly parentId: ConceptId | null;
  readonly parentCode: Code | null;
  /** Day from which the entry is no longer part of the map. */
  readonly goneOn: string | null;
  /** Day of the desired revision. */
  readonly since: string;
  /** Codes under which it may have been sent unseen; null: it was not. */
  readonly pastCodes: readonly string[] | null;
  /** Concepts below which it may have a record of which nobody knows; null: it has none. */
  readonly pastParents: readonly ConceptId[] | null;
  /** The map changed it, or its place, on the way from the applied to the desired revision. */
  readonly isChanged: boolean;
  /** What it was called in the applied revision; null: it was not in use. */
  readonly titlesBefore: Readonly<Record<string, Title>> | null;
  /** Changed for every target of the span; else asked for by name. */
  readonly isShared: boolean;
}

/**
 * The concepts that changed between the applied and the desired revision, all of them where targets are compared in full;
 * and those that are named. At the cost of what changed, not of the map.
 * @param unseen concepts that may have a record of which nobody knows, also where the turns are not in doubt
 */
export async function loadEntries(
  executor: Executor,
  span: Span,
  named: readonly ConceptId[],
  unseen: readonly ConceptId[] = [],
): Promise<LoadedEntry[]> {
  const { applied, desired, isInDoubt } = span;
  const rows = await run<Omit<LoadedEntry, 'code'> & { readonly code: Code | null }>(
    executor,
    sql`with changed as (${whatChanged(span)}), shared as (${span.isFull ? everything(span) : sql`select concept_id from changed`}),
        candidate as (select concept_id from shared union select unnest(${named}::uuid[]))
        select c.concept_id as "conceptId", coalesce(now.code, last.code) as code, coalesce(now.level, last.level) as level,
          coalesce(now.titles, last.titles) as titles, md5(now.notes::text) as notes, md5(last.notes::text) as "lastNotes",
          case when now.code is null then last.parent_id when parent.code is not null then now.parent_id end as "parentId",
          parent.code as "parentCode", last.gone_on as "goneOn", since.day as since, c.concept_id in (select concept_id from shared) as "isShared",
          c.concept_id in (select concept_id from changed) as "isChanged", before.titles as "titlesBefore",
          case when ${isInDoubt} or c.concept_id = any(${unseen}::uuid[]) then (
            select array_agg(code) from (
              select past.code from entry past
              where past.concept_id = c.concept_id and past.code is not null
                and (past.to_revision is null or past.to_revision > ${span.isFull || !isInDoubt ? 0 : Math.min(applied, desired)}::int)
              union select w.code from withdrawn_entry w where w.concept_id = c.concept_id) past) end as "pastCodes",
          case when c.concept_id = any(${unseen}::uuid[]) then (
            select array_agg(parent_id) from (
              select past.parent_id from entry past where past.concept_id = c.concept_id and past.parent_id is not null
              union select w.parent_id from withdrawn_entry w where w.concept_id = c.concept_id and w.parent_id is not null) past) end as "pastParents"
        from candidate c
          cross join (select effective_date as day from revision where scheme = ${span.scheme} and number = ${desired}) since
          left join entry now on now.concept_id = c.concept_id and now.code is not null and ${isLive(sql`now`, desired)}
          left join entry before on before.concept_id = c.concept_id and before.code is not null and ${isLive(sql`before`, applied)}
          left join entry parent on parent.concept_id = now.parent_id and ${isLive(sql`parent`, desired)}
          left join lateral (
            select e.code, e.parent_id, e.level, e.titles, e.notes, r.effective_date as gone_on, e.from_revision
            from entry e join revision r on r.scheme = e.scheme and r.number = e.to_revision
            where now.code is null and e.concept_id = c.concept_id and e.code is not null and e.to_revision + 0 <= ${desired}
            union all
            select w.code, w.parent_id, w.level, w.titles, null, w.withdrawn_on, 0
            from withdrawn_entry w where now.code is null and w.concept_id = c.concept_id
            union all
            select e.code, e.parent_id, e.level, e.titles, e.notes, r.effective_date, -e.from_revision
            from entry e join revision r on r.scheme = e.scheme and r.number = e.from_revision
            where now.code is null and e.concept_id = c.concept_id and e.code is not null and e.from_revision > ${desired}
            order by from_revision desc limit 1) last on true`,
  );
  return rows.flatMap(({ code, ...row }) => (code === null ? [] : [{ ...row, code }]));
}

/** An entry as it was when it had a certain code and certain notes, with the day on which that ended. */
export interface PastEntry {
  readonly conceptId: ConceptId;
  readonly code: string;
  readonly notes: string | null;
  readonly level: number;
  readonly titles: Readonly<Record<string, Title>>;
  readonly goneOn: string;
}

/** What a record meant. */
export interface PastMeaning extends Pick<PastEntry, 'conceptId' | 'code' | 'notes'> {
  /** The record is out of use already. */
  readonly hasEnded: boolean;
}

/**
 * For a target that goes to a certain revision: what ended by then, the last time, ended then. What is in force there ended when it ends
 * later, for a target that was there already and was brought back. What comes later only, or does not end although its record has,
 * ends where it begins.
 * @param wanted which; notes are a hash, null for any
 */
export async function loadPastEntries(
  executor: Executor,
  desired: number,
  wanted: readonly PastMeaning[],
): Promise<PastEntry[]> {
  if (wanted.length === 0) return [];
  return run<PastEntry>(
    executor,
    sql`select distinct on (w."conceptId", w.code, w.notes) w."conceptId", w.code, w.notes, e.level, e.titles,
          r.effective_date as "goneOn"
        from jsonb_to_recordset(${json(wanted)}) as w("conceptId" uuid, code text, notes text, "hasEnded" boolean)
          join entry e on e.concept_id = w."conceptId" and e.code = w.code
            and (w.notes is null or md5(e.notes::text) = w.notes)
            and (e.to_revision is not null or e.from_revision > ${desired} or w."hasEnded")
          join revision r on r.scheme = e.scheme
            and r.number = case when e.from_revision > ${desired} or e.to_revision is null then e.from_revision else e.to_revision end
        order by w."conceptId", w.code, w.notes, coalesce(e.to_revision > ${desired}, true), e.from_revision > ${desired},
          abs(e.from_revision - ${desired})`,
  );
}

/** What is in force; where that is in doubt, also what may have been sent, of a history that was taken back too. */
const everything = ({ scheme, desired, isInDoubt }: Span): Sql => sql`
    select concept_id from entry e where scheme = ${scheme} and code is not null
      and from_revision <= ${desired} and (${isInDoubt} or ${isLive(sql`e`, desired)})
    union select concept_id from withdrawn_entry where scheme = ${scheme} and ${isInDoubt}`;

/** Touched entries; and what stands below one that has no code, or had none, because its place in targets may change. */
const whatChanged = ({ scheme, applied, desired }: Span): Sql => sql`
    select concept_id from (${touched(scheme, applied, desired)}) t
    union select e.concept_id from entry e join (${touched(scheme, applied, desired)}) t on e.parent_id = t.concept_id
    where t.code is null and ${isLive(sql`e`, desired)}`;

const touched = (scheme: string, applied: number, desired: number): Sql => sql`
    select concept_id, code from entry
    where scheme = ${scheme} and from_revision > ${applied} and from_revision <= ${desired}
    union all
    select concept_id, code from entry
    where scheme = ${scheme} and to_revision > ${applied} and to_revision <= ${desired}`;

const isLive = (entry: Sql, revision: number): Sql =>
  sql`${entry}.from_revision <= ${revision} and (${entry}.to_revision is null or ${entry}.to_revision > ${revision})`;
