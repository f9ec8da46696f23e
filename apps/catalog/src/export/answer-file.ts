import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FoundRevision } from '../reading/find-revision.ts';

/** Goes up with every change of the bytes that an export has, so that no cache mixes the two. */
const layoutVersion = 3;

/**
 * Streams a file made from one published revision. Its strong ETag (RFC 9110 8.8.3) follows from what makes its
 * bytes: the revision, which never changes, and the way of writing; so a second download costs nothing.
 * @param way everything that was chosen about the file, its ending included
 */
export function answerFile(
  request: FastifyRequest,
  reply: FastifyReply,
  found: FoundRevision,
  file: {
    readonly way: readonly string[];
    readonly name: string;
    readonly type: string;
    readonly isPinned: boolean;
    readonly content: () => AsyncIterable<string | Uint8Array>;
  },
): void {
  const { schemeId, number, revision } = found;
  const made = [schemeId, number, revision.contentHash.toString('hex'), layoutVersion, ...file.way];
  const etag = `"${createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 27)}"`;
  void reply
    .header('etag', etag)
    .header('cache-control', file.isPinned ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
    void reply.status(304).send();
    return;
  }
  void reply
    .header('content-disposition', `attachment; filename="${file.name}"`)
    .type(file.type)
    .send(Readable.from(file.content()));
}

/** Name of a file of a revision, without its ending. */
export function fileName({ schemeId, number }: FoundRevision): string {
  return `${schemeId}-${number}`;
}
