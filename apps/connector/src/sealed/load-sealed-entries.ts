import { run, sql, type Executor } from '#platform';
import type { LoadedEntry } from '../delivery/load-entries.ts';
import type { ClaimedSet } from './claim-sealed.ts';

/** An entry as it will be, or will last have been; touched: by this very set, not by one before it. */
export interface SealedEntry extends LoadedEntry {
  readonly isTouched: boolean;
}

/**
 * The entries that a sealed set and those before it change, as `loadEntries` gives them once the set is in force: of each
 * concept its last change, and what stands below one that has no code, or had none, because its place may change.
 */
export async function loadSealedEntries(
  executor: Executor,
  { id, scheme, place, effectiveDate, revision }: Omit<ClaimedSet, 'isFetched'>,
): Promise<SealedEntry[]> {
  return run<SealedEntry>(
    executor,
    sql`with laid as materialized (
          select distinct on (c.concept_id) c.concept_id, c.before, c.after, s.effective_date as day,
            bool_or(s.id = ${id}) over (partition by c.concept_id) as is_touched
          from sealed_change c join sealed_set s on s.id = c.set_id
          where s.scheme = ${scheme} and s.place <= ${place}
          order by c.concept_id, s.place desc),
        live as (
          select concept_id, code, level, titles, notes, parent_id from entry
          where scheme = ${scheme} and from_revision <= ${revision} and (to_revision is null or to_revision > ${revision})),
        wanted as (
          select l.concept_id, l.is_touched, coalesce(l.after ->> 'code', l.before ->> 'code') as code,
            case when l.after ->> 'code' is null then l.before else l.after end as entry,
            l.after ->> 'code' is not null as stays, l.day
          from laid l
          union all
          select e.concept_id, l.is_touched, e.code,
            jsonb_build_object('level', e.level, 'titles', e.titles, 'notes', e.notes, 'parentId', e.parent_id), true, null
          from laid l join live e on e.parent_id = l.concept_id
          where e.code is not null and (l.after ->> 'code' is null or l.before ->> 'code' is null)
            and e.concept_id not in (select concept_id from laid))
        select w.concept_id as "conceptId", w.code, (w.entry ->> 'level')::int as level, w.entry -> 'titles' as titles,
          case when w.stays then md5((w.entry -> 'notes')::text) end as notes,
          case when not w.stays or parent.code is not null then (w.entry ->> 'parentId')::uuid end as "parentId",
          case when w.stays then parent.code end as "parentCode", case when not w.stays then w.day end as "goneOn",
          ${effectiveDate}::date as since, null as "pastCodes", null as "pastParents", true as "isShared", w.is_touched as "isTouched"
        from wanted w
          left join laid moved on moved.concept_id = (w.entry ->> 'parentId')::uuid
          left join live still on still.concept_id = (w.entry ->> 'parentId')::uuid
          left join lateral (
            select case when moved.concept_id is null then still.code else moved.after ->> 'code' end as code) parent on true
        where w.code is not null`,
  );
}
