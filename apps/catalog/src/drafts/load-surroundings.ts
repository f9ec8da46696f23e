import { run, sql, type Executor } from '#platform';
import type { Code, ConceptId, Entries, FormerHolders, Hash, TakenOver } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { besideNodes, entryColumns, nodeHash, type HashedEntryRow } from '../database/entry-row.ts';
import { baseEntries, baseEntryOf } from './base-entries.ts';
import { formerHoldersOf } from './former-holders.ts';
import { readTakenOver } from './read-taken-over.ts';

/** The part of the map around a draft, of the revision on which it stands, enough to compare, check and hash it. */
export interface Surroundings {
  /** Touched concepts, their predecessors and successors, their ancestors old and new, the children of all of these, and the top of the map. */
  readonly entries: Entries;
  readonly contentHashes: ReadonlyMap<ConceptId, Hash>;
  readonly nodeHashes: ReadonlyMap<ConceptId, Hash>;
  /** Concepts whose Merkle nodes a change of the draft reaches; their children are all here. */
  readonly dirty: ReadonlySet<ConceptId>;
  /** Concepts of the draft whose codes read like one that a concept carries which the draft does not touch. */
  readonly heldElsewhere: readonly HeldElsewhere[];
  /** Concepts of the draft that the scheme has or had and its base has not. */
  readonly former: ReadonlySet<ConceptId>;
  /** Who last carried the codes that the draft gives out and that nobody carries in its base. */
  readonly formerHolders: FormerHolders;
  /** Who took the places of those `former` ones. */
  readonly takenOver: TakenOver;
  /** Codes that meant something else in the edition of the draft, for what is said of them. */
  readonly codesOfEdition?: ReadonlySet<Code>;
}

export interface HeldElsewhere {
  readonly conceptId: ConceptId;
  /** Of the other concept. */
  readonly holder: ConceptId;
  readonly code: Code;
}

/** What a reader sees of the code of an entry, as indexes have it. */
const look = sql`coalesce(skeleton, upper(code))`;

/** Around the draft of a first revision, which may be large, nothing needs to be looked for. */
const nothing: Surroundings = {
  entries: new Map(),
  contentHashes: new Map(),
  nodeHashes: new Map(),
  dirty: new Set(),
  heldElsewhere: [],
  former: new Set(),
  formerHolders: new Map(),
  takenOver: new Map(),
};

type StandingDraft = Pick<DraftRow, 'id' | 'schemeId' | 'baseRevision'>;

/** Reads the revision on which the draft stands, which is the one in force when it is published. */
export async function loadSurroundings(db: Executor, draft: StandingDraft): Promise<Surroundings> {
  const { id: draftId, baseRevision } = draft;
  if (baseRevision === null) return nothing;
  const base = baseEntries(draft);
  const dirty = await dirtyConcepts(db, draft);
  const near = await run<HashedEntryRow>(
    db,
    sql`
    select ${entryColumns}, encode(e.content_hash, 'hex') as "contentHash", ${nodeHash} as "nodeHash"
    from ${base} e
    ${besideNodes(baseRevision)}
    where e.concept_id = any(${dirty}::uuid[]) or e.parent_id = any(${dirty}::uuid[]) or e.parent_id is null`,
  );
  const held = await run<HeldElsewhere>(
    db,
    sql`
    with touched as materialized (
      select concept_id, coalesce(skeleton, upper(code)) as look, retired from draft_entry where draft_id = ${draftId}),
    -- Codes that are their own look are found among the codes, the others by an index of their own.
    alike as (
      select touched.concept_id as id, e.concept_id as holder, e.code from touched
      cross join lateral ${baseEntries(draft, sql`code = touched.look and ${look} = code`)} e
      where not touched.retired
      union all
      select touched.concept_id, e.concept_id, e.code from touched
      cross join lateral ${baseEntries(draft, sql`${look} = touched.look and code <> ${look}`)} e
      where not touched.retired)
    select id as "conceptId", holder, code from alike
    where holder not in (select concept_id from touched)
    order by code`,
  );
  const former = await run<{ id: ConceptId }>(
    db,
    sql`
    select c.id from draft_entry d join concept c on c.id = d.concept_id
    where d.draft_id = ${draftId}
      and not exists (select from ${baseEntryOf(draft, sql`c.id`)} e)`,
  );
  return {
    entries: new Map(
      near.map(({ conceptId, code, parentId, rank, titles, notes, attributes }) => [
        conceptId,
        { conceptId, code, parentId, rank, titles, notes, attributes },
      ]),
    ),
    contentHashes: new Map(near.map((row) => [row.conceptId, row.contentHash])),
    nodeHashes: new Map(near.map((row) => [row.conceptId, row.nodeHash])),
    dirty: new Set(dirty),
    heldElsewhere: held,
    former: new Set(former.map(({ id }) => id)),
    formerHolders: await formerHoldersOf(db, draft, baseRevision),
    takenOver: await readTakenOver(
      db,
      draft,
      former.map(({ id }) => id),
    ),
  };
}

/**
 * Concepts whose Merkle node a draft reaches, with all their ancestors. A statement of its own: with an array Postgres
 * knows how few they are, and reads by index instead of the whole map.
 */
async function dirtyConcepts(db: Executor, draft: StandingDraft): Promise<ConceptId[]> {
  const { id: draftId } = draft;
  const rows = await run<{ id: ConceptId }>(
    db,
    sql`
    with recursive dirty(id) as (
      (select concept_id from draft_entry where draft_id = ${draftId}
       union select parent_id from draft_entry where draft_id = ${draftId} and parent_id is not null
       union select unnest(array[predecessor, successor]) from draft_succession where draft_id = ${draftId})
      union select e.parent_id from dirty
      cross join lateral ${baseEntryOf(draft, sql`dirty.id`)} e
      where e.parent_id is not null
    )
    select d.id from dirty d where exists (select from ${baseEntryOf(draft, sql`d.id`)} e)`,
  );
  return rows.map(({ id }) => id);
}
