import type { ConceptId, Entry, Finding, Rebased } from '#taxonomy';
import type { ChangesOfDraft } from './stand-on.ts';

/** What a draft and its new base both changed. `mine` is the draft's, `theirs` the base's; null is "not there". */
export interface DraftConflict {
  readonly conceptId: ConceptId;
  /** `code`, `parent`, `titles.it`, `attributes.usable`; `entry` when one side retired it; `successors` when both did, with others. */
  readonly field: string;
  readonly before: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** Why a draft does not hold on a map. */
export interface Reasons {
  readonly conflicts: readonly DraftConflict[];
  readonly findings: readonly Finding[];
}

export function conflictsOf(
  { conflicts, retiredThere, changedThere }: Rebased,
  { before, overlay }: Pick<ChangesOfDraft, 'before' | 'overlay'>,
): DraftConflict[] {
  const entryOf = (id: ConceptId): Entry | null => before.get(id) ?? null;
  return [
    ...conflicts.map(({ conceptId, field, before, mine, theirs }) => ({
      conceptId,
      field,
      before: before ?? null,
      mine: mine ?? null,
      theirs: theirs ?? null,
    })),
    ...retiredThere.map((conceptId) => ({
      conceptId,
      field: 'entry',
      before: entryOf(conceptId),
      mine: overlay.entries.get(conceptId) ?? null,
      theirs: null,
    })),
    ...changedThere.map((conceptId) => ({
      conceptId,
      field: 'entry',
      before: entryOf(conceptId),
      mine: null,
      theirs: 'changed',
    })),
  ];
}
