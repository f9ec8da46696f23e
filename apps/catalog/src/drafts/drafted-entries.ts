import { run, sql, type Executor, type Sql } from '#platform';
import type { Code, ConceptId, Entry } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { atRevision } from '../reading/at-revision.ts';

export type DraftedState = 'unchanged' | 'created' | 'changed' | 'retired';

/** An entry as a draft has it. */
export interface DraftedEntry extends Entry {
  readonly state: DraftedState;
  readonly parentCode: Code | null;
  /** How many entries stand directly below it, retired ones left out. */
  readonly children: number;
}

/**
 * What a draft makes of its base, as a table: the base without what the draft touches, and what it makes of that. To
 * be put behind `from`, with an alias.
 * @param condition on columns of alias `e`
 */
export function draftedEntries({ id, schemeId, baseRevision }: DraftRow, condition: Sql): Sql {
  return sql`(
    select e.concept_id, e.code, e.parent_id, e.rank, e.titles, e.notes, e.attributes,
      case when e.retired then 'retired' when e.before is null then 'created' else 'changed' end as state
    from draft_entry e where e.draft_id = ${id} and ${condition}
    union all
    select e.concept_id, e.code, e.parent_id, e.rank, e.titles, e.notes, e.attributes, 'unchanged'
    from entry e where ${atRevision(schemeId, baseRevision ?? 0)} and ${condition}
      and not exists (select from draft_entry d where d.draft_id = ${id} and d.concept_id = e.concept_id))`;
}

/** A page of entries of a draft that meet a condition on alias `e`, siblings in their order. */
export async function readDrafted(
  db: Executor,
  draft: DraftRow,
  condition: Sql,
  { limit, offset }: { readonly limit: number; readonly offset: number } = { limit: 1_000, offset: 0 },
): Promise<DraftedEntry[]> {
  return run<DraftedEntry>(
    db,
    sql`
    with page as (
      select * from ${draftedEntries(draft, condition)} e
      order by e.rank, e.concept_id limit ${limit} offset ${offset})
    select page.concept_id as "conceptId", page.code, page.parent_id as "parentId", page.rank, page.titles, page.notes,
      page.attributes, page.state, parent.code as "parentCode", below.children
    from page
    left join lateral (select code from ${draftedEntries(draft, sql`e.concept_id = page.parent_id`)} p) parent on true
    cross join lateral (
      select count(*)::int as children from ${draftedEntries(draft, sql`e.parent_id = page.concept_id`)} c
      where c.state <> 'retired') below
    order by page.rank, page.concept_id`,
  );
}

/** The branch below an entry, itself first, parents before children, without what is retired. */
export async function readBranch(db: Executor, draft: DraftRow, root: ConceptId): Promise<Entry[]> {
  return run<Entry>(
    db,
    sql`
    with recursive branch(id, depth) as (
      select ${root}::uuid, 0
      union all
      select below.concept_id, branch.depth + 1 from branch,
        lateral (select * from ${draftedEntries(draft, sql`e.parent_id = branch.id`)} b where b.state <> 'retired') below
    ) cycle id set is_cycle using walked
    select ${entryColumns} from branch, lateral (select * from ${draftedEntries(draft, sql`e.concept_id = branch.id`)} b) e
    where not is_cycle order by depth, e.rank, e.concept_id`,
  );
}
