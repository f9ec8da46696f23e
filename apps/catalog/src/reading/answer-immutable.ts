import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOf, sendAnswer } from './answer.ts';

/** Sends a body made from one published revision, which is not worth keeping in memory, with a strong ETag. */
export function answerImmutable(
  request: FastifyRequest,
  reply: FastifyReply,
  body: string,
  { type, isPinned }: { readonly type: string; readonly isPinned: boolean },
): void {
  sendAnswer(request, reply, answerOf(body, type), isPinned);
}
