import { run, sql, type Executor } from '#platform';
import { validate, type ConceptId, type Entries, type Entry, type Finding } from '#taxonomy';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { entryColumns } from '../database/entry-row.ts';
import { findingKey } from '../review/finding-key.ts';
import { readOverlay } from './overlay.ts';
import { review, type Review } from './review.ts';

export interface FullReview extends Review {
  /** Warnings that the map in force does not have already. */
  readonly newWarnings: readonly Finding[];
}

/** The map in force, whole. */
export async function loadMap(db: Executor, schemeId: string): Promise<Map<ConceptId, Entry>> {
  const entries = await run<Entry>(
    db,
    sql`select ${entryColumns} from entry e where e.scheme_id = ${schemeId} and e.to_revision is null`,
  );
  return new Map(entries.map((entry) => [entry.conceptId, entry]));
}

/** Concepts of a scheme that no entry in force shows. */
export async function formerConcepts(db: Executor, schemeId: string): Promise<Set<ConceptId>> {
  const rows = await run<{ id: ConceptId }>(
    db,
    sql`
    select c.id from concept c
    where c.scheme_id = ${schemeId} and not exists (select from entry e where e.concept_id = c.id and e.to_revision is null)`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Compares, checks and hashes a draft with the whole map: nothing stored is trusted. */
export async function reviewInFull(db: Executor, draft: DraftRow): Promise<FullReview> {
  const [base, former] = [await loadMap(db, draft.schemeId), await formerConcepts(db, draft.schemeId)];
  const overlay = await readOverlay(db, draft.id);
  const reviewed = review(draft.schemeId, draft.edition, overlay, wholeMap(base, former));
  const known = new Set(validate(draft.edition, base).map(findingKey));
  const isNew = (finding: Finding) => finding.severity === 'warning' && !known.has(findingKey(finding));
  return { ...reviewed, newWarnings: reviewed.findings.filter(isNew) };
}

/** Surroundings of a draft that leave nothing out, and no hash to trust. */
export function wholeMap(base: Entries, former: ReadonlySet<ConceptId>): Parameters<typeof review>[3] {
  const nothing = new Map<ConceptId, never>();
  const dirty = new Set(base.keys());
  return { entries: base, contentHashes: nothing, nodeHashes: nothing, dirty, heldElsewhere: [], former };
}
