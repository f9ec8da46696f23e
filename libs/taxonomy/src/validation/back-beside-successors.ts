import { say } from '#words';
import type { Change, SuccessionLink } from '../change.ts';
import type { ConceptId, Entry } from '../entry.ts';
import type { Finding } from '../finding.ts';
import { found, longestName, nameOf } from './found.ts';

/** Concepts that the base does not have, each with the entries there that took its place when it ended, at once or through others. */
export type TakenOver = ReadonlyMap<ConceptId, readonly Entry[]>;

/**
 * Entries that come back while others go on that took their places, and do not give them back: whoever resolves a code of
 * before gets all of them.
 */
export function backBesideSuccessors(
  changes: readonly Change[],
  links: readonly SuccessionLink[],
  takenOver: TakenOver,
): Finding[] {
  if (takenOver.size === 0) return [];
  const ended = new Set(changes.filter(({ after }) => !after).map(({ conceptId }) => conceptId));
  return changes.flatMap(({ conceptId, before, after }) => {
    if (before || !after) return [];
    const givers = new Set(
      links.filter(({ successor }) => successor === conceptId).map(({ predecessor }) => predecessor),
    );
    const beside = (takenOver.get(conceptId) ?? []).filter(
      ({ conceptId: id }) => !ended.has(id) && !givers.has(id),
    );
    if (beside.length === 0) return [];
    const names = beside.map(nameOf).sort().join(', ').slice(0, longestName);
    const message = say`${nameOf(after)} comes back beside ${names}, which took its place when it ended: of a record with its old code a person must say which one it means. If it takes its place back, name them as its predecessors.`;
    const detail = beside
      .map(({ conceptId: id }) => id)
      .sort()
      .join(',');
    return [found('back-beside-successor', after, message, { detail })];
  });
}
