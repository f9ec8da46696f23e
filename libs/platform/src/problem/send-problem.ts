import { inWords, spoken, type Language } from '#words';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerIn } from '../http/in-language.ts';
import type { Refusal } from './refusal.ts';

/** Answers with application/problem+json (RFC 9457), in the language of the request; its path becomes `instance`. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): void {
  void reply.send(JSON.stringify(asProblem(request, reply, refusal)));
}

/** Makes the answer a problem, and gives its document. */
export function asProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
): Record<string, unknown> {
  const language = answerIn(request, reply);
  void reply.status(refusal.status).headers(refusal.headers).type('application/problem+json; charset=utf-8');
  return problemDocument(refusal, request.url, language);
}

/** @param url undefined where the request could not be read */
export function problemDocument(
  refusal: Refusal,
  url: string | undefined,
  language: Language,
): Record<string, unknown> {
  return {
    ...refusal.extensions,
    type: `/problems/${refusal.code}`,
    title: inWords(refusal.title, language),
    status: refusal.status,
    ...(refusal.detail ? { detail: inWords(refusal.detail, language) } : {}),
    ...(url === undefined ? {} : { instance: url.split('?', 1)[0] }),
    ...(refusal.problems.length ? { problems: spoken(refusal.problems, language) } : {}),
  };
}
