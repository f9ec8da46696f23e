import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SimulatedServer } from '../mounting/simulated-server.ts';
import type { FaultBoard } from './fault-board.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A request to this route stores something; such requests are what `drop: after` cuts. */
    writes?: boolean;
  }
}

/**
 * Makes a server suffer its faults. In this order: it is slow, it cuts the connection before it does anything, it is
 * busy (429, 5xx), it fails (500) on a writing request that says a certain code, storing nothing of it, and, once a
 * writing request has succeeded, it cuts the connection instead of answering.
 */
export function sufferFaults(
  scope: FastifyInstance,
  board: FaultBoard,
  { name, contentType, busy }: Pick<SimulatedServer, 'name' | 'contentType' | 'busy'>,
): void {
  scope.addHook('onRequest', (request, reply, done) => {
    if (board.isClear(name)) return done();
    const slow = board.take(name, 'delayMs');
    if (slow) setTimeout(() => arrive(request, reply, done), slow.delayMs).unref();
    else arrive(request, reply, done);
  });

  const arrive = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (board.take(name, 'drop', ({ drop }) => drop === 'before')) {
      reply.hijack();
      request.raw.socket.destroy();
      return;
    }
    const down = board.take(name, 'status');
    if (!down) return done();
    if (down.retryAfter !== null) reply.header('retry-after', down.retryAfter);
    reply.code(down.status).type(contentType).send(busy(down.status));
  };

  scope.addHook('preHandler', (request, reply, done) => {
    if (board.isClear(name) || !request.routeOptions.config.writes) return done();
    const words = textOf(request.body);
    if (!board.take(name, 'chokeOn', ({ codes }) => codes.some((code) => says(words, code)))) return done();
    reply.code(500).type(contentType).send(busy(500));
  });

  scope.addHook('onSend', (request, reply, payload, done) => {
    const hasStored = request.routeOptions.config.writes && reply.statusCode < 400;
    if (hasStored && board.take(name, 'drop', ({ drop }) => drop === 'after')) request.raw.socket.destroy();
    done(null, payload);
  });
}

function textOf(body: unknown): string {
  if (Buffer.isBuffer(body) || typeof body === 'string') return body.toString();
  return JSON.stringify(body) ?? '';
}

/** A code as a word: `A1.1` is not in `A1.10` nor in `A1.1.1`. */
const says = (words: string, code: string): boolean =>
  new RegExp(`(?<![\\w.])${code.replaceAll(/[^\w]/g, String.raw`\$&`)}(?![\\w.])`).test(words);
