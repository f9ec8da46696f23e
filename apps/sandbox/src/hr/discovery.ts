import type { FastifyInstance } from 'fastify';
import { serviceProviderConfig } from './limits.ts';
import { listResponse } from './list.ts';
import { resourceType, schema, schemaId } from './schema.ts';
import { ScimError } from './scim-error.ts';

/** What the service tells of itself (RFC 7644 section 4); it is only read. */
export function discoveryRoutes(scope: FastifyInstance, base: string): void {
  scope.get('/ServiceProviderConfig', () => serviceProviderConfig(base));
  scope.get('/ResourceTypes', () => listResponse([resourceType(base)]));
  scope.get('/ResourceTypes/ActivityCode', () => resourceType(base));
  scope.get('/Schemas', () => listResponse([schema(base)]));
  scope.get(`/Schemas/${schemaId.replaceAll(':', '::')}`, () => schema(base));
  for (const url of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
    scope.route({
      method: ['POST', 'PUT', 'PATCH', 'DELETE'],
      url,
      handler: (request, reply) => {
        reply.header('allow', 'GET');
        throw new ScimError(405, `${request.method} is not possible here`);
      },
    });
  }
}
