import type { ConceptId, Entries, Finding, Rebased } from '#taxonomy';
import type { Ended } from './contradicted-successions.ts';
import type { ChangesOfDraft } from './stand-on.ts';

/**
 * What a draft and its new base both changed. `mine` is the draft's, `theirs` the base's; null is "not there". Of a whole
 * `entry` one side is the entry as it says, the other its `Ending`.
 */
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

/** What the side says that retires an entry; the base also who took its place, if somebody did. */
export interface Ending {
  readonly retired: true;
  readonly successors?: readonly ConceptId[];
}

/**
 * @param base the map that the draft is brought onto
 * @param taken who took the places of those that ended in it
 */
export function conflictsOf(
  { conflicts, retiredThere, changedThere }: Rebased,
  { before, overlay }: Pick<ChangesOfDraft, 'before' | 'overlay'>,
  base: Entries,
  taken: Ended,
): DraftConflict[] {
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
      before: before.get(conceptId) ?? null,
      mine: overlay.entries.get(conceptId) ?? null,
      theirs: endingOf(taken.get(conceptId)),
    })),
    ...changedThere.map((conceptId) => ({
      conceptId,
      field: 'entry',
      before: before.get(conceptId) ?? null,
      mine: endingOf(),
      theirs: base.get(conceptId) ?? null,
    })),
  ];
}

const endingOf = (successors: readonly ConceptId[] = []): Ending => ({
  retired: true,
  ...(successors.length > 0 ? { successors: [...new Set(successors)].sort() } : {}),
});
