import { activityObject } from './activity.ts';
import type { CrmObject } from './crm-object.ts';
import type { CrmStore } from './crm.store.ts';
import type { IncomingRecord } from './read-record.ts';
import { failed, type SaveError } from './salesforce-error.ts';
import { readSalesforceId } from './salesforce-id.ts';

/** The parent's id, null for none, an error, or undefined when the record says nothing of a parent. */
export type Parent = { readonly id: string | null } | { readonly error: SaveError } | undefined;

/** Looks up the record of Activity__c that a record names: `Parent__r: {"Mappa_Id__c"}` or `Parent__c`. */
export function findParent<Column extends string>(
  { values, parentKey }: IncomingRecord<Column>,
  { lookup, label }: CrmObject<Column>,
  store: CrmStore,
): Parent {
  if (parentKey !== undefined) {
    const id = store.byKey(parentKey)?.id;
    if (id) return { id };
    const message = `Foreign key external ID: ${parentKey} not found for field Mappa_Id__c in entity Activity__c`;
    return { error: failed('INVALID_FIELD', message) };
  }
  const given = values.get(lookup.column);
  if (given === undefined) return undefined;
  if (given === null) return { id: null };
  const id = readSalesforceId(activityObject.keyPrefix, String(given));
  const fields = [lookup.field];
  if (!id) return { error: failed('MALFORMED_ID', `${label}: id value of incorrect type: ${given}`, fields) };
  if (store.byId(id)) return { id };
  return store.isDeleted(id)
    ? { error: failed('ENTITY_IS_DELETED', 'entity is deleted', fields) }
    : { error: failed('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', fields) };
}
