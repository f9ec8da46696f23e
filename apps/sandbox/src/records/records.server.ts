import type { Logger } from '#platform';
import type { FaultBoard } from '../faults/fault-board.ts';
import { statusOf } from '../mounting/read-body.ts';
import type { SimulatedServer } from '../mounting/simulated-server.ts';
import { busyBody, CmisError, exceptionBody } from './cmis-error.ts';
import { objectRoutes } from './object-routes.ts';
import type { RecordsStore } from './records.store.ts';
import { repositoryRoutes } from './repository-routes.ts';
import { isSignedIn } from './request.ts';

/** The records system: CMIS 1.1 browser binding, behaving as Apache Chemistry OpenCMIS where the standard leaves room. */
export function recordsServer(
  store: RecordsStore,
  faults: FaultBoard,
  publicUrl: string,
  logger: Logger,
): SimulatedServer {
  const serviceUrl = `${publicUrl}/cmis/browser`;
  return {
    name: 'cmis',
    prefix: '/cmis/browser',
    contentType: 'application/json; charset=utf-8',
    busy: busyBody,
    routes: (scope) => {
      scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      scope.addHook('onRequest', (request, reply, done) => {
        if (isSignedIn(request.headers.authorization)) return done();
        return reply.code(401).header('www-authenticate', 'Basic realm="CMIS", charset="UTF-8"').send();
      });
      scope.setErrorHandler((error, request, reply) => {
        if (error instanceof CmisError)
          return reply.code(error.status).send(exceptionBody(error.exception, error.message));
        const status = statusOf(error);
        if (status < 500) return reply.code(status).send(exceptionBody('invalidArgument', String(error)));
        logger.error({ err: error, url: request.url }, 'the simulated records system failed');
        return reply.code(500).send(exceptionBody('runtime', 'An unexpected error occurred.'));
      });
      scope.setNotFoundHandler((_request, reply) =>
        reply.code(405).send(exceptionBody('notSupported', 'Unknown operation')),
      );
      repositoryRoutes(scope, store, faults, serviceUrl);
      objectRoutes(scope, store, faults, serviceUrl);
    },
  };
}
