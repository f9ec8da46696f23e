import { activityObject, type Activity, type ColumnName } from './activity.ts';
import type { CrmStore } from './crm.store.ts';
import type { IncomingRecord } from './read-record.ts';
import { failed, type SaveError } from './salesforce-error.ts';
import { readSalesforceId } from './salesforce-id.ts';

/** How a record of the request finds its row: by external id (upsert), by Id (update), or not at all (create). */
export type Match = 'external-id' | 'id' | 'create';

/** The row to change, undefined when one is to be made, or why there is none. */
export type Target = { readonly row: Activity | undefined } | { readonly error: SaveError };

/** @param seen external ids that earlier records of the same request carried; this record's is added */
export function findTarget(
  record: IncomingRecord<ColumnName>,
  match: Match,
  seen: Set<string>,
  store: CrmStore,
): Target {
  switch (match) {
    case 'create':
      return { row: undefined };
    case 'external-id':
      return byExternalId(record, seen, store);
    default:
      return byId(record, store);
  }
}

function byExternalId({ values }: IncomingRecord<ColumnName>, seen: Set<string>, store: CrmStore): Target {
  const key = values.get('mappa_id');
  if (typeof key !== 'string') return { error: failed('MISSING_ARGUMENT', 'Mappa_Id__c not specified') };
  if (seen.has(key.toLowerCase())) {
    return { error: failed('DUPLICATE_VALUE', `Duplicate external id specified: ${key}`, ['Mappa_Id__c']) };
  }
  seen.add(key.toLowerCase());
  return { row: store.byKey(key) };
}

function byId(record: IncomingRecord<ColumnName>, store: CrmStore): Target {
  if (record.id === null) return { error: failed('MISSING_ARGUMENT', 'Id not specified in an update call') };
  const id = readSalesforceId(activityObject.keyPrefix, record.id);
  if (!id)
    return { error: failed('MALFORMED_ID', `Activity ID: id value of incorrect type: ${record.id}`, ['Id']) };
  const row = store.byId(id);
  if (row) return { row };
  return store.isDeleted(id)
    ? { error: failed('ENTITY_IS_DELETED', 'entity is deleted') }
    : { error: failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id') };
}
