import { crmObject, plain, stampFields } from './crm-object.ts';

export type ColumnName =
  | 'id'
  | 'name'
  | 'title'
  | 'level'
  | 'active'
  | 'valid_to'
  | 'parent_id'
  | 'mappa_id'
  | 'created_at'
  | 'modified_at';

/** The custom object Activity__c as an administrator of the CRM would have made it for the map. */
export const activityObject = crmObject<ColumnName>({
  name: 'Activity__c',
  label: 'Activity',
  labelPlural: 'Activities',
  keyPrefix: 'a00',
  table: 'activity',
  lookup: { field: 'Parent__c', relation: 'Parent__r', column: 'parent_id' },
  fields: [
    { ...plain, name: 'Id', label: 'Record ID', type: 'id', column: 'id', length: 18, writable: false },
    {
      ...plain,
      name: 'Name',
      label: 'Code',
      type: 'string',
      column: 'name',
      length: 80,
      unique: true,
      required: true,
    },
    { ...plain, name: 'Title__c', label: 'Title', type: 'textarea', column: 'title', length: 32_768 },
    { ...plain, name: 'Level__c', label: 'Level', type: 'double', column: 'level' },
    { ...plain, name: 'Active__c', label: 'Active', type: 'boolean', column: 'active' },
    { ...plain, name: 'Valid_To__c', label: 'Valid To', type: 'date', column: 'valid_to' },
    { ...plain, name: 'Parent__c', label: 'Parent', type: 'reference', column: 'parent_id', length: 18 },
    {
      ...plain,
      name: 'Mappa_Id__c',
      label: 'Mappa Id',
      type: 'string',
      column: 'mappa_id',
      length: 80,
      unique: true,
      externalId: true,
    },
    ...stampFields('Created Date'),
  ],
});

/** One row of the table. `active` is 0 or 1, dates are `YYYY-MM-DD`, instants ISO 8601 in UTC. */
export interface Activity {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly level: number | null;
  readonly active: number;
  readonly valid_to: string | null;
  readonly parent_id: string | null;
  readonly mappa_id: string | null;
  readonly created_at: string;
  readonly modified_at: string;
}

export type WritableActivity = Omit<Activity, 'id' | 'created_at' | 'modified_at'>;
