import type { FastifyRequest } from 'fastify';

/**
 * Fastify's hook `onRequest`: many clients say `application/json` of a body that is not there. It is no JSON that could be
 * read, and no mistake either.
 */
export function ignoreTypeOfNothing(
  { raw: { headers } }: FastifyRequest,
  _reply: unknown,
  done: () => void,
): void {
  const isEmpty = (headers['content-length'] ?? '0') === '0' && headers['transfer-encoding'] === undefined;
  if (isEmpty) delete headers['content-type'];
  done();
}
