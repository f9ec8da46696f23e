import { hash } from 'node:crypto';
import { conceptIdFrom, type ConceptId } from './entry.ts';

const namespace = Buffer.from('b3b0a0e55e0c5a8e9f0e0d6b1d4f2c11', 'hex');

/**
 * Identity of a concept that a first import brings in: UUIDv5 (RFC 9562) of scheme, edition and code, so that two
 * installations agree and the content hash of an edition is a constant. A heading without a code gives its title.
 */
export function conceptIdOf(scheme: string, edition: string, codeOrTitle: string): ConceptId {
  return conceptIdFrom(uuidV5(namespace, JSON.stringify([scheme, edition, codeOrTitle])));
}

/** The beginning of SHA-1 over namespace and name, with version 5 and the variant of RFC 9562 written into it. */
export function uuidV5(space: Uint8Array, name: string): string {
  const digest = hash('sha1', Buffer.concat([space, Buffer.from(name)]), 'hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 3) | 8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
