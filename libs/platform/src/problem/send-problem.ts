import type { FastifyReply } from 'fastify';
import type { Refusal } from './refusal.ts';

/** Answers with application/problem+json (RFC 9457). @param url of the request; its path becomes `instance` */
export function sendProblem(reply: FastifyReply, refusal: Refusal, url: string): void {
  void reply.send(JSON.stringify(asProblem(reply, refusal, url)));
}

/** Makes the answer a problem, and gives its document. */
export function asProblem(reply: FastifyReply, refusal: Refusal, url: string): Record<string, unknown> {
  void reply.status(refusal.status).headers(refusal.headers).type('application/problem+json; charset=utf-8');
  return problemDocument(refusal, url);
}

function problemDocument(refusal: Refusal, url: string): Record<string, unknown> {
  return {
    ...refusal.extensions,
    type: `/problems/${refusal.code}`,
    title: refusal.title,
    status: refusal.status,
    ...(refusal.detail ? { detail: refusal.detail } : {}),
    instance: url.split('?', 1)[0],
    ...(refusal.problems.length ? { problems: refusal.problems } : {}),
  };
}
