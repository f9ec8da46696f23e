import { refuse, type Refusal } from '#platform';
import { codeBeside, type Entries } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { codesIn, conflictInWords, entryIn } from './conflict-in-words.ts';
import type { DraftConflict } from './conflicts.ts';
import type { Standing } from './stand-on.ts';

/**
 * A draft cannot stand on a map that changed what it changes: all that a person must decide.
 * @param maps of which the first that has an entry says what it is called
 */
export function refuseConflicts(
  { id }: Pick<DraftRow, 'id'>,
  day: string | null,
  reasons: Extract<Standing, { holds: false }>,
  maps: readonly Entries[],
): Refusal {
  return refuseUndecided(
    reasons,
    maps,
    day === null
      ? say`It cannot stand on the map that is in force. Rebase it (POST /api/v1/drafts/${id}/rebase), decide each conflict, and submit it again.`
      : say`It cannot stand on the map that will be in force on ${day}. Rebase it (POST /api/v1/drafts/${id}/rebase with effectiveDate ${day}), decide each conflict, and submit it again.`,
  );
}

/** The same to whoever brings the draft onto the map, and has left conflicts undecided. */
export function refuseUnresolved(conflicts: readonly DraftConflict[], maps: readonly Entries[]): Refusal {
  const [{ conceptId, field } = { conceptId: '…', field: '…' }] = conflicts;
  return refuseUndecided(
    { conflicts, findings: [] },
    maps,
    say`Send the same request again with a decision about each conflict, such as ${JSON.stringify({ resolutions: [{ conceptId, field, take: 'theirs' }] })}: "take" is mine (the draft), theirs (the map), or value, with a "value" beside it.`,
  );
}

function refuseUndecided(
  { conflicts, findings }: Pick<Extract<Standing, { holds: false }>, 'conflicts' | 'findings'>,
  maps: readonly Entries[],
  detail: Sentence,
): Refusal {
  const codeOf = codesIn(...maps);
  return refuse('draft-conflicts', {
    title: say`The draft changes what has been changed otherwise meanwhile`,
    status: 409,
    detail,
    problems: [
      ...conflicts.map((conflict) => ({
        rule: 'conflict',
        path: `${conflict.conceptId}/${conflict.field}`,
        ...codeBeside(entryIn(maps, conflict.conceptId)),
        message: conflictInWords(conflict, codeOf),
      })),
      ...findings.map(({ severity: _, ...finding }) => finding),
    ],
  });
}
