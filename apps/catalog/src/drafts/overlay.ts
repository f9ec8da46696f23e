import { setImmediate } from 'node:timers/promises';
import { json, run, sql, type Executor, type Sql } from '#platform';
import {
  contentHash,
  unusualSkeletonOf,
  type AttributeDefinition,
  type ConceptId,
  type Entry,
  type SuccessionLink,
  type Successions,
} from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';

/** What a draft changes: the next state of each concept that it touches, the retired ones, and who follows whom. */
export interface Overlay {
  readonly entries: ReadonlyMap<ConceptId, Entry>;
  readonly retired: ReadonlySet<ConceptId>;
  readonly successions: Successions;
}

/** The next state of a concept in a draft. */
export type OverlayEntry = Entry & { readonly retired?: boolean; readonly decidedNone?: boolean };

type OverlayRow = Entry & { readonly retired: boolean; readonly decidedNone: boolean };

/** @param condition on alias `e`, where only a part is needed */
export async function readOverlay(
  db: Executor,
  draftId: string,
  condition: Sql = sql`true`,
): Promise<Overlay> {
  const rows = await run<OverlayRow>(
    db,
    sql`
    select ${entryColumns}, e.retired, e.decided_none as "decidedNone" from draft_entry e
    where e.draft_id = ${draftId} and ${condition}`,
  );
  const links = await run<SuccessionLink & { undoes: boolean }>(
    db,
    sql`
    select link.predecessor, link.successor, (d.erratum or d.rollback_to is not null) and ${isLedBack} as undoes
    from draft_succession link join draft d on d.id = link.draft_id
    where link.draft_id = ${draftId} order by predecessor, successor`,
  );
  const linksOf = (some: typeof links) =>
    some.map(({ predecessor, successor }) => ({ predecessor, successor }));
  const idsOf = (some: readonly OverlayRow[]) => new Set(some.map(({ conceptId }) => conceptId));
  return {
    entries: new Map(
      rows
        .filter(({ retired }) => !retired)
        .map(({ retired: _, decidedNone: __, ...entry }) => [entry.conceptId, entry]),
    ),
    retired: idsOf(rows.filter(({ retired }) => retired)),
    successions: {
      links: linksOf(links),
      decidedNone: idsOf(rows.filter(({ decidedNone }) => decidedNone)),
      undoing: linksOf(links.filter(({ undoes }) => undoes)),
    },
  };
}

/** Whether successions that were published since the revision to which the draft goes back led to what a link leads from. */
const isLedBack = sql`exists (
  with recursive led(concept, revision) as (
    select s.successor, s.revision from succession s
    where s.predecessor = link.successor and s.revision > coalesce(d.rollback_to, 1)
    union
    select s.successor, s.revision from led join succession s on s.predecessor = led.concept and s.revision > led.revision)
  select from led where led.concept = link.predecessor)`;

const rowsAtOnce = 5_000;

/**
 * Writes the next state of concepts into the overlay; a second write of one concept replaces the first. What the
 * concept was in the base stays beside it from the first touch, so that the draft can be brought onto another base.
 * While Postgres writes one part, the next one is hashed.
 */
export async function writeOverlay(
  db: Executor,
  draftId: string,
  entries: Iterable<OverlayEntry>,
): Promise<void> {
  const again = sql`
    on conflict (draft_id, concept_id) do update set
      (retired, decided_none, code, skeleton, parent_id, rank, titles, notes, attributes, content_hash) =
      (excluded.retired, excluded.decided_none, excluded.code, excluded.skeleton, excluded.parent_id, excluded.rank, excluded.titles,
       excluded.notes, excluded.attributes, excluded.content_hash)`;
  await insert(db, draftId, entries, again);
}

/** Writes the first entries of an empty overlay, each concept once; it is less work for the database. */
export async function fillOverlay(
  db: Executor,
  draftId: string,
  entries: Iterable<OverlayEntry>,
): Promise<void> {
  await insert(db, draftId, entries, sql``);
}

async function insert(
  db: Executor,
  draftId: string,
  entries: Iterable<OverlayEntry>,
  onConflict: Sql,
): Promise<void> {
  const [draft] = await run<{ base: number | null; attributes: AttributeDefinition[] | null }>(
    db,
    sql`select base_revision as base, edition -> 'attributes' as attributes from draft where id = ${draftId}`,
  );
  const rows = [...entries];
  let writing: Promise<unknown> = Promise.resolve();
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const part = rows.slice(i, i + rowsAtOnce).map((entry) => ({
      ...entry,
      skeleton: unusualSkeletonOf(entry.code),
      hash: `\\x${contentHash(entry, draft?.attributes ?? [])}`,
    }));
    const statement = sql`${insertPart(draftId, draft?.base ?? null, part)} ${onConflict}`;
    await writing;
    writing = run(db, statement);
    // Awaited with the next part; until then it is not a rejection that nobody handles.
    writing.catch(() => undefined);
    await setImmediate();
  }
  await writing;
}

function insertPart(draftId: string, base: number | null, part: readonly object[]): Sql {
  const inBase = sql`(
    select jsonb_build_object('conceptId', e.concept_id, 'code', e.code, 'parentId', e.parent_id, 'rank', e.rank,
      'titles', e.titles, 'notes', e.notes, 'attributes', e.attributes)
    from entry e where e.concept_id = r."conceptId" and e.live @> ${base}::int)`;
  return sql`
    insert into draft_entry (draft_id, concept_id, retired, decided_none, code, skeleton, parent_id, rank, titles, notes, attributes, content_hash, before)
    select ${draftId}::uuid, r."conceptId", coalesce(r.retired, false), coalesce(r."decidedNone", false), r.code, r.skeleton,
      r."parentId", r.rank, r.titles, r.notes, r.attributes, r.hash, ${base === null ? sql`null` : inBase}
    from jsonb_to_recordset(${json(part)}) as r("conceptId" uuid, retired boolean, "decidedNone" boolean, code text, skeleton text,
      "parentId" uuid, rank int, titles jsonb, notes jsonb, attributes jsonb, hash bytea)`;
}

/** Who follows whom, as one batch of edits decides it: all links of these concepts are replaced. */
export interface DecidedSuccessions {
  /** Predecessors whose successors are decided. */
  readonly of: readonly ConceptId[];
  /** Successors whose predecessors are decided. */
  readonly to: readonly ConceptId[];
  readonly links: readonly SuccessionLink[];
}

export async function writeSuccessions(
  db: Executor,
  draftId: string,
  { of, to, links }: DecidedSuccessions,
): Promise<void> {
  if (of.length + to.length === 0) return;
  await run(
    db,
    sql`
    delete from draft_succession
    where draft_id = ${draftId} and (predecessor = any(${of}::uuid[]) or successor = any(${to}::uuid[]))`,
  );
  await run(
    db,
    sql`
    insert into draft_succession (draft_id, predecessor, successor)
    select distinct ${draftId}::uuid, predecessor, successor
    from unnest(${links.map((link) => link.predecessor)}::uuid[], ${links.map((link) => link.successor)}::uuid[])
      as link(predecessor, successor)
    on conflict do nothing`,
  );
}
