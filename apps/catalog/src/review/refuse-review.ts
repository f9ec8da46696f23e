import { refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { ReviewSummary } from '../drafts/recent-reviews.ts';

/** Errors go no further, and nothing that changes nothing; a historical edition may have been as the one that followed it. */
export function refuseReview(
  { changes, findings }: Pick<ReviewSummary, 'changes' | 'findings'>,
  isHistory: boolean,
): Refusal | null {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse('draft-has-errors', {
      title: say`The draft has errors`,
      problems: errors.map(({ severity: _, ...finding }) => finding),
    });
  return changes === 0 && !isHistory
    ? refuse('draft-empty', { title: say`The draft changes nothing` })
    : null;
}
