import type { ConceptId, Entries, Finding, Rebased } from '#taxonomy';
import type { ChangesOfDraft } from './stand-on.ts';

/**
 * What a draft and its new base both changed. `mine` is the draft's, `theirs` the base's; null is "not there". Of a whole
 * `entry` one side is the entry as it says, the other `ending`.
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

/** What the side says that retires an entry. */
export const ending = { retired: true } as const;

/** @param base the map that the draft is brought onto */
export function conflictsOf(
  { conflicts, retiredThere, changedThere }: Rebased,
  { before, overlay }: Pick<ChangesOfDraft, 'before' | 'overlay'>,
  base: Entries,
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
      theirs: ending,
    })),
    ...changedThere.map((conceptId) => ({
      conceptId,
      field: 'entry',
      before: before.get(conceptId) ?? null,
      mine: ending,
      theirs: base.get(conceptId) ?? null,
    })),
  ];
}
