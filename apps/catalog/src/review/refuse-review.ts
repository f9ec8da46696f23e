import { refuse, type Refusal } from '#platform';
import type { Review } from '../drafts/review.ts';

/** Errors, and a draft that changes nothing, go no further. */
export function refuseReview({ changes, findings }: Review): Refusal | null {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    return refuse('draft-has-errors', {
      title: 'The draft has errors',
      problems: errors.map(({ severity: _, ...finding }) => finding),
    });
  return changes.length === 0 ? refuse('draft-empty', { title: 'The draft changes nothing' }) : null;
}
