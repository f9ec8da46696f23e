import { isDeepStrictEqual } from 'node:util';
import type { Edition } from '#contracts';
import { rebase } from '#taxonomy';
import type { Overlay } from '../drafts/overlay.ts';
import { conflictsOf, type DraftConflict } from './conflicts.ts';
import { contradictedSuccessions, withoutEnded } from './contradicted-successions.ts';
import type { Base, ChangesOfDraft } from './stand-on.ts';

/** What a draft changes once it is brought onto a base. */
export interface Merged {
  /** With the draft's own value wherever both changed a field. */
  readonly overlay: Overlay;
  /** The draft's own where it brings one, else that of the base. */
  readonly edition: Edition;
  /** What both changed, each in its own way, also who takes the place of an entry that both end. */
  readonly conflicts: readonly DraftConflict[];
}

/** Merges the changes of a draft and a newer base: what only one side changed is taken from it. */
export function mergeOnto(draft: ChangesOfDraft, base: Base): Merged {
  const rebased = rebase(draft.overlay, draft.before, base.entries);
  const { entries, retired } = rebased;
  const successions = withoutEnded(draft.overlay.successions, entries, base.entries);
  const taken = new Map([...draft.ended, ...base.ended]);
  return {
    overlay: { entries, retired, successions },
    edition: editionOn(draft, base.edition),
    conflicts: [
      ...conflictsOf(rebased, draft, base.entries, taken),
      ...contradictedSuccessions({ ...draft.overlay, entries }, draft.before, base.entries, taken),
    ],
  };
}

/** The edition that a draft has on a map: the one that it brings, else that of the map. */
export function editionOn(
  { edition, baseEdition }: Pick<ChangesOfDraft, 'edition' | 'baseEdition'>,
  below: Edition,
): Edition {
  return isDeepStrictEqual(edition, baseEdition) ? below : edition;
}
