import type { FastifyInstance } from 'fastify';
import { caseObject } from './case.ts';
import type { CrmStore } from './crm.store.ts';
import { readRecord, readSobject } from './read-record.ts';
import { renderObject, selectFields } from './render-object.ts';
import { onlySuccess, SalesforceError } from './salesforce-error.ts';
import { readSalesforceId } from './salesforce-id.ts';
import type { CaseMatch, SaveCases } from './save-cases.ts';

interface ById {
  Params: { id: string };
  Querystring: { fields?: string };
}

/** One case: made, read, changed, for example tagged with another process. */
export function caseRoutes(scope: FastifyInstance, store: CrmStore, save: SaveCases, basePath: string): void {
  const writes = { config: { writes: true } };
  const path = `/sobjects/${caseObject.name}`;

  scope.post(path, writes, (request, reply) => reply.code(201).send(saved(save, request.body, {}, 'create')));
  scope.get<ById>(`${path}/:id`, ({ params, query }) => {
    const names = query.fields ? query.fields.split(',') : caseObject.fields.map(({ name }) => name);
    const [found] = store.selectById(caseObject, selectFields(names, caseObject), existing(store, params.id));
    return found && renderObject(found, names, caseObject, basePath);
  });
  scope.patch<ById>(`${path}/:id`, writes, (request, reply) => {
    saved(save, request.body, { Id: existing(store, request.params.id) }, 'id');
    return reply.code(204).send();
  });
}

/** The id of a case that is there. */
function existing(store: CrmStore, given: string): string {
  const id = readSalesforceId(caseObject.keyPrefix, given);
  if (id && store.cases.byId(id)) return id;
  throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

function saved(
  save: SaveCases,
  body: unknown,
  identity: Readonly<Record<string, string>>,
  match: CaseMatch,
): ReturnType<typeof onlySuccess> {
  const record = { ...readSobject(body), ...identity };
  return onlySuccess(save([readRecord(record, caseObject)], false, match));
}
