import { createHash } from 'node:crypto';
import type { ProfilePlan } from '#contracts';
import type { Hash } from '#taxonomy';
import canonicalize from 'canonicalize';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { placementOf } from '../history/placement.ts';
import type { ReviewSummary } from '../drafts/recent-reviews.ts';

/**
 * Names all that is submitted, so that an approval is for nothing else: the map by its content hash, what that hash leaves
 * out, the revision below it, the edition, where it is placed in history with what became of its entries, and what it means
 * for targets, where that could be asked.
 */
export function submissionHash(
  draft: Pick<DraftRow, 'baseRevision' | 'edition' | 'historyFrom' | 'historyBefore'>,
  { contentHash, besideHash }: Pick<ReviewSummary, 'contentHash' | 'besideHash'>,
  plan: readonly ProfilePlan[] | null,
): Hash {
  const { baseRevision, edition } = draft;
  const history = placementOf(draft);
  const submitted = { contentHash, besideHash, baseRevision, edition, plan, ...(history && { history }) };
  return createHash('sha256')
    .update(canonicalize(submitted) ?? '')
    .digest('hex');
}
