import type { FastifyRequest } from 'fastify';
import type { CatalogConfig } from '../config.ts';

/** Where the catalog is known for good, as it is configured; else the address that this request was sent to. */
export function publicOrigin({ PUBLIC_URL }: CatalogConfig, { protocol, host }: FastifyRequest): string {
  if (PUBLIC_URL !== undefined) return PUBLIC_URL;
  const asked = `${protocol}://${host}`;
  return URL.canParse(asked) ? new URL(asked).origin : unknown;
}

/** For a request that does not say; addresses below it lead nowhere (RFC 6761). */
const unknown = 'http://catalog.invalid';
