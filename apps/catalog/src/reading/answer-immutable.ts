import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Sends a body made from one published revision with a strong ETag (RFC 9110 8.8.3). When the address names the
 * revision it never changes; without it, the one in force is meant, and caches must ask again.
 */
export function answerImmutable(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string,
  { type, isPinned }: { readonly type: string; readonly isPinned: boolean },
): void {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  void reply
    .header('etag', etag)
    .header('cache-control', isPinned ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) void reply.status(304).send();
  else void reply.type(type).send(body);
}
