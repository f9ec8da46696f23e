import { languageOf, type Language } from '#words';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The language in which a request is answered, by its Accept-Language; the answer says which, and on what it depends. */
export function answerIn(request: FastifyRequest, reply: FastifyReply): Language {
  const language = languageOf(request.headers['accept-language']);
  void reply.headers({ 'content-language': language, vary: 'accept-language' });
  return language;
}

/** `@InLanguage() language: Language` in a handler whose answer holds sentences. */
export const InLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language => {
  const http = context.switchToHttp();
  return answerIn(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
});
