import { run, sql, type Executor } from '#platform';
import { rankAmong, type ConceptId, type Entry } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { baseEntries } from './base-entries.ts';
import type { Decided } from './decide-edits.ts';
import type { OverlayEntry } from './overlay.ts';

/**
 * Gives each entry that is new among its siblings a rank, as `rankAmong` does.
 * @returns the edited entries, and siblings of theirs where no rank was left between two of them
 */
export async function placeEntries(
  db: Executor,
  draft: StandingDraft & Pick<DraftRow, 'edition'>,
  { entries, placed }: Pick<Decided, 'entries' | 'placed'>,
): Promise<OverlayEntry[]> {
  if (placed.size === 0) return [...entries];
  const [moving, staying] = [true, false].map((moves) =>
    entries.filter(({ conceptId, retired }) => !retired && placed.has(conceptId) === moves),
  );
  const edited = new Map(entries.map((entry) => [entry.conceptId, entry]));
  const parents = new Set(moving?.map(({ parentId }) => parentId));
  const others = await childrenOf(db, draft, parents);
  const siblings = [
    ...others.filter(({ conceptId }) => !edited.has(conceptId)),
    ...(staying ?? []).filter(({ parentId }) => parents.has(parentId)),
  ];
  const ranks = rankAmong(draft.edition, moving ?? [], siblings);
  const ranked = <E extends Entry>(entry: E): E => ({
    ...entry,
    rank: ranks.get(entry.conceptId) ?? entry.rank,
  });
  const pushed = [...ranks.keys()].filter((id) => !edited.has(id));
  return [...entries.map(ranked), ...(await entriesNow(db, draft, pushed)).map(ranked)];
}

type StandingDraft = Pick<DraftRow, 'id' | 'schemeId' | 'baseRevision'>;
type Child = Pick<Entry, 'conceptId' | 'code' | 'parentId' | 'rank'>;

/** What stands below some parents as the draft has it. */
function childrenOf(
  db: Executor,
  draft: StandingDraft,
  parents: ReadonlySet<ConceptId | null>,
): Promise<Child[]> {
  const ids = [...parents].filter((parent) => parent !== null);
  const isBelow = sql`(e.parent_id = any(${ids}::uuid[]) or (${parents.has(null)} and e.parent_id is null))`;
  return run<Child>(
    db,
    sql`
    select e.concept_id as "conceptId", e.code, e.parent_id as "parentId", e.rank from draft_entry e
    where e.draft_id = ${draft.id} and not e.retired and ${isBelow}
    union all
    select e.concept_id, e.code, e.parent_id, e.rank from ${baseEntries(draft)} e
    where ${isBelow}
      and not exists (select from draft_entry d where d.draft_id = ${draft.id} and d.concept_id = e.concept_id)`,
  );
}

function entriesNow(db: Executor, draft: StandingDraft, concepts: readonly ConceptId[]): Promise<Entry[]> {
  return concepts.length === 0
    ? Promise.resolve([])
    : run<Entry>(
        db,
        sql`
    select ${entryColumns} from draft_entry e where e.draft_id = ${draft.id} and e.concept_id = any(${concepts}::uuid[])
    union all
    select ${entryColumns} from ${baseEntries(draft)} e
    where e.concept_id = any(${concepts}::uuid[])
      and not exists (select from draft_entry d where d.draft_id = ${draft.id} and d.concept_id = e.concept_id)`,
      );
}
