import { isDeepStrictEqual } from 'node:util';
import { rebase, type Entries, type Finding } from '#taxonomy';
import { say } from '#words';
import type { OverlayEntry } from '../drafts/overlay.ts';
import { conflictsOf, type DraftConflict } from '../sealing/conflicts.ts';
import type { DraftOfRows } from './draft-of-rows.ts';

/** What rows that were compared with an older revision change in the one in force. */
export interface Brought {
  readonly entries: readonly OverlayEntry[];
  /** What the file and somebody else changed, each in its own way; then nothing is brought, and a person decides. */
  readonly conflicts: readonly DraftConflict[];
}

/**
 * Brings the changes of a file from the revision that it was made from onto the one in force, by a merge of three: a row
 * that is as it was then is no change, whatever its entry says today.
 * @param then the revision that the file was made from
 * @param now the one in force
 */
export function bringOnto(
  { entries: made }: Pick<DraftOfRows, 'entries'>,
  then: Entries,
  now: Entries,
): Brought {
  const ending = made.filter(({ retired }) => retired);
  const decidedNone = idsOf(ending.filter((entry) => entry.decidedNone));
  const overlay = {
    entries: new Map(made.filter(({ retired }) => !retired).map((entry) => [entry.conceptId, entry])),
    retired: idsOf(ending),
    successions: { links: [], decidedNone },
  };
  const rebased = rebase(overlay, then, now);
  const conflicts = conflictsOf(rebased, { before: then, overlay });
  if (conflicts.length > 0) return { entries: made, conflicts };
  const changed = [...rebased.entries.values()].filter(
    (entry) => !isDeepStrictEqual(entry, now.get(entry.conceptId)),
  );
  const retired = [...rebased.retired].flatMap((id): OverlayEntry[] => {
    const entry = now.get(id);
    return entry ? [{ ...entry, retired: true, decidedNone: decidedNone.has(id) }] : [];
  });
  return { entries: [...changed, ...retired], conflicts };
}

const idsOf = (some: readonly OverlayEntry[]) => new Set(some.map(({ conceptId }) => conceptId));

/** A conflict in words, with what each side says, for whoever sent the file. */
export function aboutConflict(
  { conceptId, field, before, mine, theirs }: DraftConflict,
  then: Entries,
  head: number,
  draftId: string,
): Finding {
  const code = then.get(conceptId)?.code ?? conceptId;
  const said =
    field === 'entry'
      ? mine === null
        ? say`the file asks to retire it, and revision ${head} changed it`
        : say`the file changes it, and revision ${head} retired it`
      : say`the file says ${shown(mine)} for ${field}, revision ${head} says ${shown(theirs)}, before both it was ${shown(before)}`;
  return {
    rule: 'changed-by-both',
    severity: 'warning',
    code,
    message: say`${code}: ${said}. Decide it: POST /api/v1/drafts/${draftId}/rebase.`,
  };
}

function shown(value: unknown): string {
  const isTitle = typeof value === 'object' && value !== null && Object.keys(value).join() === 'official';
  return JSON.stringify(isTitle ? Object.values(value)[0] : value).slice(0, 300);
}
