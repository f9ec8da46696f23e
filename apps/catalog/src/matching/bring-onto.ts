import { isDeepStrictEqual } from 'node:util';
import { rebase, type ConceptId, type Entries } from '#taxonomy';
import type { DecidedSuccessions, OverlayEntry } from '../drafts/overlay.ts';
import { conflictsOf, type DraftConflict } from '../sealing/conflicts.ts';
import { contradictedSuccessions, withoutEnded, type Ended } from '../sealing/contradicted-successions.ts';
import type { DraftOfRows } from './draft-of-rows.ts';

/** What rows that were compared with an older revision change in the one in force. */
export interface Brought {
  readonly entries: readonly OverlayEntry[];
  readonly successions: DecidedSuccessions;
  /** What the file and somebody else changed, each in its own way; then nothing is brought, and a person decides. */
  readonly conflicts: readonly DraftConflict[];
}

/**
 * Brings the changes of a file from the revision that it was made from onto the one in force, by a merge of three: a row
 * that is as it was then is no change, whatever its entry says today. Who takes the place of an entry that others ended
 * meanwhile is said by them.
 * @param then the revision that the file was made from
 * @param now the one in force
 * @param taken of those that the file changes, or whose place it gives away: who ended since, with who took their places
 */
export function bringOnto(
  { entries: made, successions }: Pick<DraftOfRows, 'entries' | 'successions'>,
  then: Entries,
  now: Entries,
  taken: Ended,
): Brought {
  const ending = made.filter(({ retired }) => retired);
  const decidedNone = idsOf(ending.filter((entry) => entry.decidedNone));
  const overlay = {
    entries: new Map(made.filter(({ retired }) => !retired).map((entry) => [entry.conceptId, entry])),
    retired: idsOf(ending),
    successions: { links: successions.links, decidedNone },
  };
  const rebased = rebase(overlay, then, now);
  const conflicts = [
    ...conflictsOf(rebased, { before: then, overlay }, now, taken),
    ...contradictedSuccessions({ ...overlay, entries: rebased.entries }, then, now, taken),
  ];
  if (conflicts.length > 0) return { entries: made, successions, conflicts };
  const { links } = withoutEnded(overlay.successions, rebased.entries, now);
  const changed = [...rebased.entries.values()].filter(
    (entry) => !isDeepStrictEqual(entry, now.get(entry.conceptId)),
  );
  const retired = [...rebased.retired].flatMap((id): OverlayEntry[] => {
    const entry = now.get(id);
    return entry ? [{ ...entry, retired: true, decidedNone: decidedNone.has(id) }] : [];
  });
  return { entries: [...changed, ...retired], successions: { ...successions, links }, conflicts };
}

/** Entries that a file changes, retires or gives the place of away, and that the map has not. */
export function namedOutside(
  { entries, successions }: Pick<DraftOfRows, 'entries' | 'successions'>,
  now: Entries,
): ConceptId[] {
  const changed = entries.map(({ conceptId }) => conceptId);
  const predecessors = successions.links.map(({ predecessor }) => predecessor);
  return [...changed, ...predecessors].filter((id) => !now.has(id));
}

const idsOf = (some: readonly OverlayEntry[]) => new Set(some.map(({ conceptId }) => conceptId));
