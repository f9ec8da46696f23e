import { createHash } from 'node:crypto';
import type { ProfilePlan } from '#contracts';
import type { Hash } from '#taxonomy';
import canonicalize from 'canonicalize';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { ReviewSummary } from '../drafts/recent-reviews.ts';

/**
 * Names all that is submitted, so that an approval is for nothing else: the map by its content hash, what that hash leaves
 * out, the revision below it, the edition, and what it means for targets, where that could be asked.
 */
export function submissionHash(
  { baseRevision, edition }: Pick<DraftRow, 'baseRevision' | 'edition'>,
  { contentHash, besideHash }: Pick<ReviewSummary, 'contentHash' | 'besideHash'>,
  plan: readonly ProfilePlan[] | null,
): Hash {
  const submitted = { contentHash, besideHash, baseRevision, edition, plan };
  return createHash('sha256')
    .update(canonicalize(submitted) ?? '')
    .digest('hex');
}
