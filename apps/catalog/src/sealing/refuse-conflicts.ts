import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { Standing } from './stand-on.ts';

/** A draft cannot stand on a map that changed what it changes: all that a person must decide. */
export function refuseConflicts(
  { id }: Pick<DraftRow, 'id'>,
  day: string | null,
  { conflicts, findings }: Extract<Standing, { holds: false }>,
): Refusal {
  return refuse('draft-conflicts', {
    title: say`The draft changes what has been changed otherwise meanwhile`,
    status: 409,
    detail:
      day === null
        ? say`It cannot stand on the map that is in force. Rebase it (POST /api/v1/drafts/${id}/rebase), decide each conflict, and submit it again.`
        : say`It cannot stand on the map that will be in force on ${day}. Rebase it (POST /api/v1/drafts/${id}/rebase with effectiveDate ${day}), decide each conflict, and submit it again.`,
    problems: [
      ...conflicts.map(({ conceptId, field, mine, theirs }) => ({
        rule: 'conflict',
        path: `${conceptId}/${field}`,
        message: say`${field}: the draft says ${JSON.stringify(mine)}, the map says ${JSON.stringify(theirs)}.`,
      })),
      ...findings.map(({ severity: _, ...finding }) => finding),
    ],
  });
}
