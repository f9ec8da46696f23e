import type { FaultBoard } from '../faults/fault-board.ts';
import { activityObject, type Activity, type WritableActivity } from './activity.ts';
import type { CrmStore } from './crm.store.ts';
import { failed, type SaveError } from './salesforce-error.ts';

const limited = [
  ['Name', 'name'],
  ['Title__c', 'title'],
  ['Mappa_Id__c', 'mappa_id'],
] as const;

/** Why Salesforce would not store these values in `row` (undefined: in a new one), or null. */
export function checkActivity(
  next: WritableActivity,
  row: Activity | undefined,
  store: CrmStore,
  faults: FaultBoard,
): SaveError | null {
  if (next.name === '')
    return failed('REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']);
  for (const [name, column] of limited) {
    const longest = activityObject.field(name)!.length;
    const value = next[column];
    if (value !== null && value.length > longest) {
      return failed('STRING_TOO_LONG', `${name}: data value too large: ${value} (max length=${longest})`, [
        name,
      ]);
    }
  }
  if (faults.refuses('crm', next.name)) {
    const message = `The code ${next.name} is not accepted by this CRM`;
    return failed('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, ['Name']);
  }
  return (
    duplicate('Name', store.byName(next.name), row) ??
    duplicate('Mappa_Id__c', next.mappa_id === null ? undefined : store.byKey(next.mappa_id), row)
  );
}

function duplicate(field: string, holder: Activity | undefined, row: Activity | undefined): SaveError | null {
  if (!holder || holder.id === row?.id) return null;
  const message = `duplicate value found: ${field} duplicates value on record with id: ${holder.id}`;
  return failed('DUPLICATE_VALUE', message, [field]);
}
