import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { PersonId } from '../audit/person.ts';

export interface ApprovalCase {
  readonly by: PersonId;
  /** Hash of what was submitted, and of what the approver has looked at. */
  readonly submissionHash: string;
  readonly seenHash: string;
  /** Everybody who had a hand in the draft. */
  readonly editors: ReadonlySet<PersonId>;
  /** Who has approved this submission already. */
  readonly approvedBy: ReadonlySet<PersonId>;
  /** How many people must approve. */
  readonly needed: number;
}

/** Whether one more approval makes the draft approved, or why it does not count. */
export function decideApproval({
  by,
  submissionHash,
  seenHash,
  editors,
  approvedBy,
  needed,
}: ApprovalCase): { readonly state: 'submitted' | 'approved'; readonly missing: number } | Refusal {
  if (editors.has(by))
    return refuse('four-eyes', {
      title: say`Who had a hand in a draft cannot approve it`,
      status: 403,
      detail: say`Ask somebody who did not edit, import or decide anything in it.`,
    });
  if (approvedBy.has(by))
    return refuse('approved-already', {
      title: say`You have approved this draft already`,
      status: 409,
      detail: say`Approvals that there are: ${approvedBy.size} of ${needed}. Another person is needed.`,
    });
  if (seenHash !== submissionHash)
    return refuse('approval-stale', {
      title: say`You have looked at another state of the draft`,
      status: 409,
      detail: say`The submission has the hash ${submissionHash}. Look at it again.`,
    });
  const missing = needed - approvedBy.size - 1;
  return { state: missing > 0 ? 'submitted' : 'approved', missing };
}
