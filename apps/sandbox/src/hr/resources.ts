import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { etagOf, renderResource } from './activity-code.ts';
import type { HrStore } from './hr.store.ts';
import { listCodes } from './list.ts';
import type { Operations, Outcome } from './operations.ts';
import { endpoint } from './schema.ts';
import { ScimError } from './scim-error.ts';
import { wantedAttributes } from './wanted-attributes.ts';

interface Route {
  Params: { id: string };
  Querystring: Record<string, string | undefined>;
}

const text = z.union([z.string(), z.number().transform(String)]).optional();
const names = z
  .array(z.string())
  .transform((list) => list.join(','))
  .optional();
const searchRequest = z.looseObject({
  filter: text,
  startIndex: text,
  count: text,
  attributes: names,
  excludedAttributes: names,
});

/** `/ActivityCodes`: list, read, create, replace, patch, delete (RFC 7644 section 3). */
export function resourceRoutes(
  scope: FastifyInstance,
  store: HrStore,
  operations: Operations,
  base: string,
): void {
  const answer = (
    request: FastifyRequest<Route>,
    reply: FastifyReply,
    { status, resource }: Outcome,
  ): FastifyReply => {
    if (!resource) return reply.code(status).send();
    if (status === 201) reply.header('location', `${base}${endpoint}/${resource.id}`);
    const shown = wantedAttributes(renderResource(resource, base), request.query);
    return reply.code(status).header('etag', etagOf(resource)).send(shown);
  };
  const writes = { config: { writes: true } };
  const one = `${endpoint}/:id`;

  scope.get<Route>(endpoint, ({ query }) => listCodes(store, query, base));
  for (const url of ['/.search', `${endpoint}/.search`]) {
    scope.post(url, ({ body }) => {
      const search = searchRequest.safeParse(body);
      if (!search.success) throw new ScimError(400, 'This is no search request', 'invalidSyntax');
      const { filter, startIndex, count, attributes, excludedAttributes } = search.data;
      return listCodes(store, { filter, startIndex, count, attributes, excludedAttributes }, base);
    });
  }
  scope.get<Route>(one, (request, reply) => {
    const resource = operations.get(request.params.id);
    if (request.headers['if-none-match'] !== etagOf(resource)) {
      return answer(request, reply, { status: 200, resource });
    }
    return reply.code(304).header('etag', etagOf(resource)).send();
  });
  scope.post<Route>(endpoint, writes, (request, reply) =>
    answer(request, reply, operations.create(request.body)),
  );
  scope.put<Route>(one, writes, (request, reply) => {
    const { params, body, headers } = request;
    return answer(request, reply, operations.replace(params.id, body, headers['if-match']));
  });
  scope.patch<Route>(one, writes, (request, reply) => {
    const { params, body, headers } = request;
    return answer(request, reply, operations.patch(params.id, body, headers['if-match']));
  });
  scope.delete<Route>(one, writes, (request, reply) => {
    const { params, headers } = request;
    return answer(request, reply, operations.delete(params.id, headers['if-match']));
  });
}
