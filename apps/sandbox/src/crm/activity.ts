export type FieldType =
  'id' | 'string' | 'textarea' | 'double' | 'boolean' | 'date' | 'datetime' | 'reference';

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Column of the table `activity`. */
  readonly column: ColumnName;
  /** Characters; 0 where it says nothing. */
  readonly length: number;
  readonly writable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly required: boolean;
}

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

const plain = { length: 0, writable: true, unique: false, externalId: false, required: false } as const;

/** The custom object Activity__c as an administrator of the CRM would have made it for the map. */
export const objectName = 'Activity__c';
export const activityFields: readonly Field[] = [
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
  {
    ...plain,
    name: 'CreatedDate',
    label: 'Created Date',
    type: 'datetime',
    column: 'created_at',
    writable: false,
  },
  {
    ...plain,
    name: 'LastModifiedDate',
    label: 'Last Modified Date',
    type: 'datetime',
    column: 'modified_at',
    writable: false,
  },
];

const byName = new Map(activityFields.map((field) => [field.name.toLowerCase(), field]));

/** Names of fields are the same in any case. */
export const fieldNamed = (name: string): Field | undefined => byName.get(name.toLowerCase());

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
