export type FieldType =
  'id' | 'string' | 'textarea' | 'picklist' | 'double' | 'boolean' | 'date' | 'datetime' | 'reference';

export interface Field<Column extends string = string> {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Column of the object's table. */
  readonly column: Column;
  /** Characters; 0 where it says nothing. */
  readonly length: number;
  readonly writable: boolean;
  readonly unique: boolean;
  readonly externalId: boolean;
  readonly required: boolean;
}

/** One object of the CRM with the table of its records, as `a` in SQL; `p` is the record of Activity__c to which its lookup leads. */
export interface CrmObject<Column extends string = string> {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** With which its ids begin. */
  readonly keyPrefix: string;
  readonly table: string;
  readonly fields: readonly Field<Column>[];
  readonly lookup: { readonly field: string; readonly relation: string; readonly column: Column };
  /** Names of fields are the same in any case. */
  field(name: string): Field<Column> | undefined;
}

export const plain = {
  length: 0,
  writable: true,
  unique: false,
  externalId: false,
  required: false,
} as const;

/** When a record was made and last changed, which every object has. @param created what the object calls the first */
export function stampFields(created: string): Field<'created_at' | 'modified_at'>[] {
  const stamp = { ...plain, type: 'datetime', writable: false } as const;
  return [
    { ...stamp, name: 'CreatedDate', label: created, column: 'created_at' },
    { ...stamp, name: 'LastModifiedDate', label: 'Last Modified Date', column: 'modified_at' },
  ];
}

export function crmObject<Column extends string>(made: Omit<CrmObject<Column>, 'field'>): CrmObject<Column> {
  const byName = new Map(made.fields.map((field) => [field.name.toLowerCase(), field]));
  return { ...made, field: (name) => byName.get(name.toLowerCase()) };
}

/** The table of an object with what its lookup leads to. */
export const tableOf = ({ table, lookup }: CrmObject): string =>
  `${table} a left join activity p on p.id = a.${lookup.column}`;
