import { preferredOf, type Language } from '#words';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * The language of a document: the one that the address names, else the one that Accept-Language asks for, else Italian, in
 * which maps are official. The answer says which it is, and to caches whether it depends on the asker.
 */
export function documentLanguage(
  request: FastifyRequest,
  reply: FastifyReply,
  named: Language | undefined,
): Language {
  const language = named ?? preferredOf(request.headers['accept-language']) ?? 'it';
  void reply.header('content-language', language);
  if (named === undefined) void reply.header('vary', 'accept-language');
  return language;
}
