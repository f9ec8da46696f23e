import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What a reader gets of one published revision: bytes that never change, and their strong entity tag. */
export interface Answer {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
}

export function answerOf(content: string | Buffer, type: string): Answer {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  return { body, type, etag: `"${hash('sha256', body, 'base64url').slice(0, 27)}"` };
}

export function jsonAnswer(value: object): Answer {
  return answerOf(JSON.stringify(value), 'application/json; charset=utf-8');
}

/**
 * Sends it, or 304 to whoever has it (RFC 9110 section 13.1.2).
 * @param isPinned the address names the revision, so that it never changes; without it the one in force is meant, and
 * caches must ask again
 */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  { body, type, etag }: Answer,
  isPinned: boolean,
): void {
  void reply
    .header('etag', etag)
    .header('cache-control', isPinned ? 'public, max-age=31536000, immutable' : 'no-cache');
  const known = request.headers['if-none-match'];
  if (known !== undefined && isKnown(known, etag)) void reply.status(304).send();
  else void reply.header('content-type', type).send(body);
}

/** Weak comparison: what a cache in between made weak is still the same map. */
function isKnown(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');
}
