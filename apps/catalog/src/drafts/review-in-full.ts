import { isDeepStrictEqual } from 'node:util';
import type { Edition } from '#contracts';
import { giveWay, run, sql, type Executor } from '#platform';
import {
  checkHashedAttributes,
  type ConceptId,
  type Entries,
  type Entry,
  type Finding,
  type FormerHolders,
  type TakenOver,
} from '#taxonomy';
import type { EntityManager } from 'typeorm';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { EditionRow } from '../database/entities/edition.entity.ts';
import { RevisionRow } from '../database/entities/revision.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { placementOf } from '../history/placement.ts';
import { reviewHistory } from '../history/review-history.ts';
import { baseEntries } from './base-entries.ts';
import { formerHoldersOf } from './former-holders.ts';
import { headOf } from './open-draft.ts';
import { endedByUndoing } from './ended-by-undoing.ts';
import { besideHash } from './beside-hash.ts';
import { readOverlay, type Overlay } from './overlay.ts';
import { RecentReviews, type ReviewSummary } from './recent-reviews.ts';
import { readTakenOver } from './read-taken-over.ts';
import { reviewDraft } from './review-draft.ts';
import { review, type Review } from './review.ts';

/** The map in force, whole. */
export async function loadMap(db: Executor, schemeId: string): Promise<Map<ConceptId, Entry>> {
  const entries = await run<Entry>(
    db,
    sql`select ${entryColumns} from entry e where e.scheme_id = ${schemeId} and e.to_revision is null`,
  );
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}

/** The map on which a draft stands, whole. */
async function loadBase(db: Executor, draft: DraftRow): Promise<Map<ConceptId, Entry>> {
  const entries = await run<Entry>(db, sql`select ${entryColumns} from ${baseEntries(draft)} e`);
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}

/** Concepts of a scheme that no entry of a draft's base shows. */
async function formerConcepts(db: Executor, draft: DraftRow): Promise<Set<ConceptId>> {
  const rows = await run<{ id: ConceptId }>(
    db,
    sql`
    select c.id from concept c
    where c.scheme_id = ${draft.schemeId} and not exists (select from ${baseEntries(draft)} e where e.concept_id = c.id)`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Compares, checks and hashes a draft with the whole map: nothing stored is trusted. */
async function reviewInFull(
  db: Executor,
  draft: DraftRow,
  before: Edition,
  overlay: Overlay,
): Promise<Review> {
  const [base, former] = [await loadBase(db, draft), await formerConcepts(db, draft)];
  const [holders, takenOver] = [
    await formerHoldersOf(db, draft, draft.baseRevision ?? 0),
    await readTakenOver(
      db,
      draft,
      [...overlay.entries.keys()].filter((id) => former.has(id)),
    ),
  ];
  const around = wholeMap(base, former, holders, takenOver);
  const reviewed = await giveWay(review(draft.schemeId, draft.edition, overlay, around));
  const untouched = [...base.values()].filter(
    ({ conceptId: id }) => !overlay.entries.has(id) && !overlay.retired.has(id),
  );
  const hashing = checkHashedAttributes(before.attributes, draft.edition.attributes, untouched);
  const undone = endedByUndoing(draft, overlay, reviewed.changes);
  return { ...reviewed, findings: [...reviewed.findings, ...hashing, ...undone] };
}

/**
 * What somebody is asked to approve. Where the draft brings an edition with other levels, codes or attributes, every
 * entry is looked at again; else what stands around its changes.
 */
export async function reviewToSubmit(db: EntityManager, draft: DraftRow): Promise<ReviewSummary> {
  const head = await headOf(db, draft.schemeId);
  const state = { id: draft.id, version: draft.version, head: head?.number ?? null };
  return recentReviews.of(state, async () => {
    const placement = placementOf(draft);
    if (placement) {
      const { changes, ...reviewed } = await reviewHistory(db, draft, placement);
      return { ...reviewed, changes: changes.length };
    }
    const before = await readBaseEdition(db, draft);
    const overlay = await readOverlay(db, draft.id);
    const { findings, contentHash, changes } =
      before && !isDeepStrictEqual(rulesOf(draft.edition), rulesOf(before))
        ? await reviewInFull(db, draft, before, overlay)
        : await reviewDraft(db, draft, overlay);
    return { findings, contentHash, changes: changes.length, besideHash: besideHash(overlay) };
  });
}

const recentReviews = new RecentReviews();

async function readBaseEdition(
  db: EntityManager,
  { schemeId, baseRevision }: DraftRow,
): Promise<Edition | null> {
  if (baseRevision === null) return null;
  const { editionId } = await db.findOneByOrFail(RevisionRow, { schemeId, number: baseRevision });
  const { definition } = await db.findOneByOrFail(EditionRow, { id: editionId });
  return definition;
}

const rulesOf = ({ levels, separator, attributes }: DraftRow['edition']) => ({
  levels,
  separator,
  attributes,
});

/** Warnings that a draft brings, which the map in force does not have already. */
export function warningsOf({ findings }: Pick<Review, 'findings'>): Finding[] {
  return findings.filter(({ severity }) => severity === 'warning');
}

/** Surroundings of a draft that leave nothing out, and no hash to trust. */
export function wholeMap(
  base: Entries,
  former: ReadonlySet<ConceptId>,
  formerHolders: FormerHolders,
  takenOver: TakenOver,
): Parameters<typeof review>[3] {
  const nothing = new Map<ConceptId, never>();
  const dirty = new Set(base.keys());
  return {
    entries: base,
    contentHashes: nothing,
    nodeHashes: nothing,
    dirty,
    heldElsewhere: [],
    former,
    formerHolders,
    takenOver,
  };
}
