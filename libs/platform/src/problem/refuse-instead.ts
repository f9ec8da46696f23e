import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal } from './refusal.ts';
import { asProblem } from './send-problem.ts';

/**
 * Fastify's hook `preSerialization`: a handler may simply give back a refusal, and it is answered as a problem, never
 * as a success that looks like one. (An interceptor of Nest would cost every request about as much as its whole route.)
 */
export function refuseInstead(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  done(null, isRefusal(payload) ? asProblem(request, reply, payload) : payload);
}
