import { createHash } from 'node:crypto';
import type { ProfilePlan } from '#contracts';
import type { Hash } from '#taxonomy';
import canonicalize from 'canonicalize';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import type { Overlay } from '../drafts/overlay.ts';

/**
 * Names all that is submitted, so that an approval is for nothing else: the map by its content hash, and what that hash
 * leaves out: the revision below it, the edition, attributes outside the hash, who follows whom, and for whom nobody does; and
 * what it means for targets, where that could be asked.
 */
export function submissionHash(
  { baseRevision, edition }: Pick<DraftRow, 'baseRevision' | 'edition'>,
  { entries, successions }: Overlay,
  contentHash: Hash | null,
  plan: readonly ProfilePlan[] | null,
): Hash {
  const attributes = [...entries].map(([id, entry]) => [id, canonicalize(entry.attributes)].join(' '));
  const links = successions.links.map(({ predecessor, successor }) => `${predecessor} ${successor}`);
  const submitted = {
    contentHash,
    baseRevision,
    edition,
    plan,
    attributes: attributes.sort(),
    links: links.sort(),
    decidedNone: [...successions.decidedNone].sort(),
  };
  return createHash('sha256')
    .update(canonicalize(submitted) ?? '')
    .digest('hex');
}
