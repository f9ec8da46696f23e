import { v5 } from 'uuid';
import { conceptIdFrom, type ConceptId } from './entry.ts';

const namespace = 'b3b0a0e5-5e0c-5a8e-9f0e-0d6b1d4f2c11';

/**
 * Identity of a concept that a first import brings in: UUIDv5 (RFC 9562) of scheme, edition and code, so that two
 * installations agree and the content hash of an edition is a constant. A heading without a code gives its title.
 */
export function conceptIdOf(scheme: string, edition: string, codeOrTitle: string): ConceptId {
  return conceptIdFrom(v5(JSON.stringify([scheme, edition, codeOrTitle]), namespace));
}
