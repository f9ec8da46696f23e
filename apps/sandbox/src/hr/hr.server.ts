import type { Logger } from '#platform';
import type { FaultBoard } from '../faults/fault-board.ts';
import { readJson, statusOf } from '../mounting/read-body.ts';
import type { SimulatedServer } from '../mounting/simulated-server.ts';
import { runBulk } from './bulk.ts';
import { discoveryRoutes } from './discovery.ts';
import type { HrStore } from './hr.store.ts';
import { largestPayload } from './limits.ts';
import { Operations } from './operations.ts';
import { resourceRoutes } from './resources.ts';
import { busyBody, errorBody, ScimError } from './scim-error.ts';

const secret = 'mappa-hr-secret';
const contentType = 'application/scim+json; charset=utf-8';

/** The HR system: SCIM 2.0 (RFC 7643, 7644) with one resource type, ActivityCode. */
export function hrServer(
  store: HrStore,
  faults: FaultBoard,
  publicUrl: string,
  logger: Logger,
): SimulatedServer {
  const base = `${publicUrl}/scim/v2`;
  const operations = new Operations(store, faults, base);
  return {
    name: 'scim',
    prefix: '/scim/v2',
    contentType,
    busy: busyBody,
    routes: (scope) => {
      readJson(
        scope,
        ['application/scim+json', 'application/json'],
        (reason) => new ScimError(400, reason, 'invalidSyntax'),
      );
      scope.addHook('onRequest', (request, reply, done) => {
        reply.type(contentType);
        if (request.headers.authorization?.replace(/^bearer /i, '') === secret) return done();
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer realm="HR"')
          .send(errorBody(401, 'Authorization is required'));
      });
      scope.setErrorHandler((error, request, reply) => {
        if (error instanceof ScimError)
          return reply.code(error.status).send(errorBody(error.status, error.message, error.scimType));
        const status = statusOf(error);
        if (status < 500) return reply.code(status).send(errorBody(status, String(error)));
        logger.error({ err: error, url: request.url }, 'the simulated HR system failed');
        return reply.code(500).send(errorBody(500, 'An unexpected error occurred.'));
      });
      scope.setNotFoundHandler((request, reply) =>
        reply.code(404).send(errorBody(404, `There is nothing at ${request.url}`)),
      );
      discoveryRoutes(scope, base);
      resourceRoutes(scope, store, operations, base);
      scope.post('/Bulk', { config: { writes: true }, bodyLimit: largestPayload }, (request) => ({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
        Operations: store.transaction(() => runBulk(operations, request.body, base)),
      }));
    },
  };
}
