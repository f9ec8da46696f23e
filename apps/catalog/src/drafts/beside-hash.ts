import { createHash } from 'node:crypto';
import type { Hash } from '#taxonomy';
import canonicalize from 'canonicalize';
import type { Overlay } from './overlay.ts';

/** Names what a content hash leaves out of a draft: attributes outside the hash, who follows whom, and for whom nobody does. */
export function besideHash({ entries, successions }: Pick<Overlay, 'entries' | 'successions'>): Hash {
  const attributes = [...entries].map(([id, entry]) => `${id} ${canonicalize(entry.attributes)}`);
  const links = successions.links.map(({ predecessor, successor }) => `${predecessor} ${successor}`);
  const hash = createHash('sha256');
  for (const part of [attributes, links, [...successions.decidedNone]])
    hash.update(`${part.length}\n${part.sort().join('\n')}\n`);
  return hash.digest('hex');
}
