import type { FastifyInstance } from 'fastify';
import { activityObject, type Activity } from './activity.ts';
import type { CrmStore } from './crm.store.ts';
import type { Match } from './find-target.ts';
import { readRecord, readSobject } from './read-record.ts';
import { renderObject, selectFields } from './render-object.ts';
import type { SaveBatch } from './save-records.ts';
import { onlySuccess, SalesforceError } from './salesforce-error.ts';
import { readSalesforceId } from './salesforce-id.ts';

interface Params {
  Params: { value: string };
  Querystring: { fields?: string };
}

const { name: objectName, fields: activityFields, keyPrefix } = activityObject;

/** One record: by Id at `…/Activity__c/{id}`, by external id at `…/Activity__c/Mappa_Id__c/{value}`. */
export function singleRecordRoutes(
  scope: FastifyInstance,
  store: CrmStore,
  save: SaveBatch,
  basePath: string,
): void {
  const writes = { config: { writes: true } };
  const byId = `/sobjects/${objectName}/:value`;
  const byKey = `/sobjects/${objectName}/Mappa_Id__c/:value`;

  const get = (row: Activity, fields?: string): unknown => {
    const names = fields ? fields.split(',') : activityFields.map(({ name }) => name);
    const [found] = store.selectById(activityObject, selectFields(names, activityObject), row.id);
    return found && renderObject(found, names, activityObject, basePath);
  };
  scope.get<Params>(byId, ({ params, query }) => get(existing(store, params.value), query.fields));
  scope.get<Params>(byKey, ({ params, query }) => get(existingKey(store, params.value), query.fields));

  scope.post(`/sobjects/${objectName}`, writes, (request, reply) =>
    reply.code(201).send(saved(save, request.body, {}, 'create')),
  );
  scope.patch<Params>(byId, writes, (request, reply) => {
    saved(save, request.body, { Id: existing(store, request.params.value).id }, 'id');
    return reply.code(204).send();
  });
  scope.patch<Params>(byKey, writes, (request, reply) => {
    const result = saved(save, request.body, { Mappa_Id__c: request.params.value }, 'external-id');
    return reply.code(result.created ? 201 : 200).send(result);
  });

  const remove = (row: Activity): void => store.transaction(() => store.delete(row.id));
  scope.delete<Params>(byId, writes, ({ params }, reply) => {
    remove(existing(store, params.value));
    return reply.code(204).send();
  });
  scope.delete<Params>(byKey, writes, ({ params }, reply) => {
    remove(existingKey(store, params.value));
    return reply.code(204).send();
  });
}

const notFound = (): SalesforceError =>
  new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');

function existing(store: CrmStore, given: string): Activity {
  const id = readSalesforceId(keyPrefix, given);
  const row = id ? store.byId(id) : undefined;
  if (row) return row;
  throw id && store.isDeleted(id)
    ? new SalesforceError(404, 'ENTITY_IS_DELETED', 'entity is deleted')
    : notFound();
}

function existingKey(store: CrmStore, key: string): Activity {
  const row = store.byKey(key);
  if (!row) throw notFound();
  return row;
}

function saved(
  save: SaveBatch,
  body: unknown,
  identity: Readonly<Record<string, string>>,
  match: Match,
): ReturnType<typeof onlySuccess> {
  const record = { ...readSobject(body), ...identity };
  return onlySuccess(save([readRecord(record, activityObject)], false, match));
}
