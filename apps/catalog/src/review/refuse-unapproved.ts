import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import type { DraftRow } from '../database/entities/draft.entity.ts';

/** Why a draft that is submitted cannot come into force yet: how many of the people who must approve it have. */
export async function refuseUnapproved(
  db: Executor,
  { id, version, approvalsNeeded }: Pick<DraftRow, 'id' | 'version' | 'approvalsNeeded'>,
): Promise<Refusal> {
  const [given] = await run<{ people: number }>(
    db,
    sql`select count(*)::int as people from draft_approval where draft_id = ${id} and version = ${version}`,
  );
  return refuse('draft-state', {
    title: say`This cannot be done to the draft as it stands`,
    status: 409,
    detail: say`It is submitted. Approvals that there are: ${given?.people ?? 0} of ${approvalsNeeded ?? 1}. Once all are there, it can be published.`,
  });
}
