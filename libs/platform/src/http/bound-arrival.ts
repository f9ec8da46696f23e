import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * Bounds how long bodies may take to arrive, in place of Node's limit on whole requests. One that is parsed must be here
 * within `limitMs`. One that a handler reads as a stream, which may be a large file over a thin line, may take as long as
 * bytes arrive, or as we are the ones who do not read on. Whoever is too slow is answered 408 and cut off.
 */
export function boundArrival(fastify: FastifyInstance, streamed: readonly string[], limitMs: number): void {
  const isStreamed = ({ headers }: IncomingMessage): boolean =>
    streamed.some((type) => headers['content-type']?.startsWith(type));
  fastify.addHook('preParsing', ({ raw }, _reply, payload, done) => {
    if (raw.headers['content-length'] !== undefined || raw.headers['transfer-encoding'] !== undefined)
      watch(raw, isStreamed(raw), limitMs, (error) => fastify.server.emit('clientError', error, raw.socket));
    done(null, payload);
  });
}

function watch(
  body: IncomingMessage,
  isStreamed: boolean,
  limitMs: number,
  refuse: (error: Error) => void,
): void {
  const { socket } = body;
  let seen = socket.bytesRead;
  const timer = setInterval(() => {
    const isArriving = isStreamed && (socket.bytesRead > seen || body.readableLength > 0);
    seen = socket.bytesRead;
    if (isArriving && !body.complete) return;
    clearInterval(timer);
    if (body.complete) return;
    const error = new Error(`a body did not arrive within ${limitMs} ms`);
    refuse(Object.assign(error, { code: 'ERR_HTTP_REQUEST_TIMEOUT' }));
  }, limitMs);
  timer.unref();
  body.once('close', () => clearInterval(timer));
}
