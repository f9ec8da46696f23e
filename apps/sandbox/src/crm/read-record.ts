import { z } from 'zod';
import { fieldNamed, objectName, type ColumnName, type Field } from './activity.ts';
import { SalesforceError } from './salesforce-error.ts';

type Value = string | number | null;

/** One record of a request: what it names, nothing else. Text is trimmed, and empty text is null. */
export interface IncomingRecord {
  readonly id: string | null;
  readonly values: ReadonlyMap<ColumnName, Value>;
  /** `Parent__r: {"Mappa_Id__c": "…"}`: the parent by its external id; undefined when the record does not say so. */
  readonly parentKey: string | undefined;
}

const relation = z.looseObject({ Mappa_Id__c: z.string() });
const attributes = z.looseObject({ type: z.string() });

/**
 * @param record an sObject in JSON
 * @throws SalesforceError 400 for what makes Salesforce refuse the whole request: unknown fields, values of the wrong type
 */
export function readRecord(record: Readonly<Record<string, unknown>>): IncomingRecord {
  const values = new Map<ColumnName, Value>();
  let id: string | null = null;
  let parentKey: string | undefined;
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') checkType(value);
    else if (name.toLowerCase() === 'id') id = typeof value === 'string' ? value : null;
    else if (name === 'Parent__r') parentKey = parentOf(value);
    else {
      const field = fieldNamed(name);
      if (!field)
        throw new SalesforceError(
          400,
          'INVALID_FIELD',
          `No such column '${name}' on sobject of type ${objectName}`,
        );
      if (!field.writable) {
        throw new SalesforceError(
          400,
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          `Unable to create/update fields: ${field.name}.`,
          [field.name],
        );
      }
      values.set(field.column, readValue(field, value));
    }
  }
  return { id, values, parentKey };
}

function checkType(value: unknown): void {
  const result = attributes.safeParse(value);
  if (!result.success || result.data.type !== objectName) {
    const type = result.success ? result.data.type : '';
    throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
  }
}

function parentOf(value: unknown): string {
  const result = relation.safeParse(value);
  if (result.success) return result.data.Mappa_Id__c;
  throw new SalesforceError(400, 'INVALID_FIELD', 'Parent__r needs exactly one external id: Mappa_Id__c');
}

function readValue(field: Field, value: unknown): Value {
  if (value === null) return field.type === 'boolean' ? wrongType(field, value) : null;
  switch (field.type) {
    case 'double':
      return typeof value === 'number' ? value : wrongType(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : wrongType(field, value);
    case 'date':
      return typeof value === 'string' && z.iso.date().safeParse(value).success
        ? value
        : wrongType(field, value);
    default:
      return typeof value === 'string' ? value.trim() || null : wrongType(field, value);
  }
}

function wrongType(field: Field, value: unknown): never {
  const kind = field.type === 'textarea' || field.type === 'reference' ? 'string' : field.type;
  throw new SalesforceError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from value ${JSON.stringify(value)} for the field ${field.name}`,
  );
}
