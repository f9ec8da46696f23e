import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { activityObject } from './activity.ts';
import { caseObject } from './case.ts';
import type { CrmStore } from './crm.store.ts';
import type { Match } from './find-target.ts';
import { readRecord } from './read-record.ts';
import type { SaveCases } from './save-cases.ts';
import type { SaveBatch } from './save-records.ts';
import { failed, SalesforceError, type SaveResult } from './salesforce-error.ts';
import { readSalesforceId } from './salesforce-id.ts';

const mostRecords = 200;

const batch = z.looseObject({
  allOrNone: z.boolean().default(false),
  records: z.array(z.record(z.string(), z.unknown())),
});

/** sObject Collections: up to 200 records of one type a request, one answer for each, HTTP 200 whatever became of them. */
export function collectionRoutes(
  scope: FastifyInstance,
  store: CrmStore,
  save: SaveBatch,
  saveTheCases: SaveCases,
): void {
  const route = (match: Match) => (request: { readonly body: unknown }) => {
    const { records, allOrNone } = readBatch(request.body);
    if (match !== 'external-id' && isCase(records[0]))
      return saveTheCases(
        records.map((record) => readRecord(record, caseObject)),
        allOrNone,
        match,
      );
    return save(
      records.map((record) => readRecord(record, activityObject)),
      allOrNone,
      match,
    );
  };
  const writes = { config: { writes: true } };
  scope.patch(`/composite/sobjects/${activityObject.name}/Mappa_Id__c`, writes, route('external-id'));
  scope.patch('/composite/sobjects', writes, route('id'));
  scope.post('/composite/sobjects', writes, route('create'));
  scope.delete<{ Querystring: Record<string, string> }>('/composite/sobjects', writes, (request) => {
    const ids = (request.query['ids'] ?? '').split(',').filter((id) => id !== '');
    if (ids.length > mostRecords) throw tooMany();
    return store.transaction(() => ids.map((id) => deleteOne(store, id)));
  });
}

function readBatch(body: unknown): z.infer<typeof batch> {
  const result = batch.safeParse(body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new SalesforceError(400, 'JSON_PARSER_ERROR', `${issue?.path.join('.')}: ${issue?.message}`);
  }
  if (result.data.records.length > mostRecords) throw tooMany();
  return result.data;
}

const ofCase = z.looseObject({ attributes: z.looseObject({ type: z.literal(caseObject.name) }) });
const isCase = (record: unknown): boolean => ofCase.safeParse(record).success;

const tooMany = (): SalesforceError =>
  new SalesforceError(
    400,
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${mostRecords} records into this call`,
  );

/** Deletes what is there; answers in the words of the API. */
function deleteOne(store: CrmStore, given: string): SaveResult {
  const id = readSalesforceId(activityObject.keyPrefix, given);
  if (!id) return { success: false, errors: [failed('MALFORMED_ID', `malformed id ${given}`)] };
  if (!store.byId(id)) {
    const error = store.isDeleted(id)
      ? failed('ENTITY_IS_DELETED', 'entity is deleted')
      : failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    return { success: false, errors: [error] };
  }
  store.delete(id);
  return { id, success: true, errors: [] };
}
