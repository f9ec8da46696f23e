import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '#platform';
import type { FaultBoard } from '../faults/fault-board.ts';
import { readForms, readJson, statusOf } from '../mounting/read-body.ts';
import { Sessions } from '../mounting/sessions.ts';
import type { SimulatedServer } from '../mounting/simulated-server.ts';
import { runBatch } from './batch.ts';
import { badRequest, busyBody, errorBody, ODataError } from './odata-error.ts';
import type { ODataStore } from './odata.store.ts';
import { Requests } from './requests.ts';
import { tokenRoute } from './token.ts';

const servicePath = '/api/data/v9.2';
const contentType = 'application/json; odata.metadata=minimal';

/** A CRM on Dataverse: OData 4.0 with two tables, mappa_activity and incident. */
export function odataServer(
  store: ODataStore,
  faults: FaultBoard,
  publicUrl: string,
  logger: Logger,
): SimulatedServer {
  const sessions = new Sessions('eyJ');
  const base = `${publicUrl}/odata${servicePath}`;
  const requests = new Requests(store, faults, base);

  const answer = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const { method, url, body } = request;
    const target = url.slice(url.indexOf(servicePath) + servicePath.length + 1);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const answered = store.transaction(() => requests.run({ method, target, headers, body }));
    return reply.code(answered.status).headers(answered.headers).send(answered.body);
  };

  const api = (scope: FastifyInstance): void => {
    scope.addHook('onRequest', (request, reply, done) => {
      reply.type(contentType).header('odata-version', '4.0');
      const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (token && sessions.isOpen(token, Date.now())) return done();
      return reply.code(401).header('www-authenticate', 'Bearer').send();
    });
    scope.addContentTypeParser('multipart/mixed', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    scope.get('/*', answer);
    const writes = { config: { writes: true } };
    scope.route({ method: ['POST', 'PATCH', 'DELETE'], url: '/*', ...writes, handler: answer });
    scope.post('/$batch', writes, ({ headers, body }, reply) => {
      const [type, prefer] = [headers['content-type'] ?? '', String(headers['prefer'] ?? '')];
      const ran = runBatch(type, String(body), prefer, new URL(base).pathname, requests, store);
      return reply.code(ran.status).type(ran.contentType).send(ran.body);
    });
  };

  return {
    name: 'odata',
    prefix: '/odata',
    contentType,
    busy: busyBody,
    routes: (scope) => {
      readJson(scope, ['application/json'], badRequest);
      readForms(scope);
      scope.setErrorHandler((error, request, reply) => {
        if (error instanceof ODataError)
          return reply.code(error.status).send(errorBody(error.code, error.message));
        const status = statusOf(error);
        if (status < 500) return reply.code(status).send(errorBody('0x0', String(error)));
        logger.error({ err: error, url: request.url }, 'the simulated Dataverse failed');
        return reply.code(500).send(errorBody('0x80040216', 'An unexpected error occurred.'));
      });
      scope.setNotFoundHandler((_request, reply) =>
        reply.code(404).send(errorBody('0x8006088a', 'The requested resource does not exist')),
      );
      tokenRoute(scope, sessions);
      scope.register(
        (data, _options, done) => {
          api(data);
          done();
        },
        { prefix: servicePath },
      );
    },
  };
}
