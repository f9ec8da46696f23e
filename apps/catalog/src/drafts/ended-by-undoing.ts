import { found, nameOf, type Change, type Finding } from '#taxonomy';
import { say } from '#words';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { Overlay } from './overlay.ts';

/**
 * Whoever undoes a revision decides with it that nobody takes the place of what that revision brought; who reviews the draft
 * is told of each such entry.
 */
export function endedByUndoing(
  { erratum, rollbackTo }: Pick<DraftRow, 'erratum' | 'rollbackTo'>,
  { successions }: Overlay,
  changes: readonly Change[],
): Finding[] {
  if (!erratum && rollbackTo === null) return [];
  return changes.flatMap(({ conceptId, before, after, successors }) =>
    before && !after && successors.length === 0 && successions.decidedNone.has(conceptId)
      ? [
          found(
            'ended-by-undoing',
            before,
            say`${nameOf(before)} ends with this undoing, and nobody takes its place.`,
          ),
        ]
      : [],
  );
}
