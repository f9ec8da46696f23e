import { fileType } from '#platform';
import type { FastifyInstance } from 'fastify';

const fileAddress = /^\/api\/v1\/imports\/[^/]+\/file(\?|$)/;

/**
 * Bodies sent to an import's file address reach their handler as a stream, whatever their type; all others are parsed as
 * everywhere, and a form (`curl -F`), whose file is wrapped, is refused as everywhere. Call it before the app listens.
 */
export function streamFileBodies(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const isForm = request.raw.headers['content-type']?.startsWith('multipart/');
    if (request.method === 'PUT' && fileAddress.test(request.url) && !isForm)
      request.raw.headers['content-type'] = fileType;
    done();
  });
}
