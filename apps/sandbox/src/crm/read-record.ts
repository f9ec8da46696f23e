import { z } from 'zod';
import type { CrmObject, Field } from './crm-object.ts';
import { SalesforceError } from './salesforce-error.ts';

export type Value = string | number | null;

/** One record of a request: what it names, nothing else. Text is trimmed, and empty text is null. */
export interface IncomingRecord<Column extends string> {
  readonly id: string | null;
  readonly values: ReadonlyMap<Column, Value>;
  /** `Parent__r: {"Mappa_Id__c": "…"}`: what its lookup leads to, by external id; undefined when the record does not say so. */
  readonly parentKey: string | undefined;
}

const sobject = z.record(z.string(), z.unknown());
const relation = z.looseObject({ Mappa_Id__c: z.string() });
const attributes = z.looseObject({ type: z.string() });

/** The body of a request about one record. @throws SalesforceError 400 */
export function readSobject(body: unknown): Record<string, unknown> {
  const record = sobject.safeParse(body);
  if (record.success) return record.data;
  throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'the body is one JSON object');
}

/**
 * @param record an sObject in JSON
 * @param object what it is to be a record of
 * @throws SalesforceError 400 for what makes Salesforce refuse the whole request: unknown fields, values of the wrong type
 */
export function readRecord<Column extends string>(
  record: Readonly<Record<string, unknown>>,
  object: CrmObject<Column>,
): IncomingRecord<Column> {
  const values = new Map<Column, Value>();
  let id: string | null = null;
  let parentKey: string | undefined;
  for (const [name, value] of Object.entries(record)) {
    if (name === 'attributes') checkType(value, object.name);
    else if (name.toLowerCase() === 'id') id = typeof value === 'string' ? value : null;
    else if (name === object.lookup.relation) parentKey = parentOf(name, value);
    else {
      const field = object.field(name);
      if (!field)
        throw new SalesforceError(
          400,
          'INVALID_FIELD',
          `No such column '${name}' on sobject of type ${object.name}`,
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

function checkType(value: unknown, objectName: string): void {
  const result = attributes.safeParse(value);
  if (!result.success || result.data.type !== objectName) {
    const type = result.success ? result.data.type : '';
    throw new SalesforceError(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
  }
}

function parentOf(relationName: string, value: unknown): string {
  const result = relation.safeParse(value);
  if (result.success) return result.data.Mappa_Id__c;
  throw new SalesforceError(
    400,
    'INVALID_FIELD',
    `${relationName} needs exactly one external id: Mappa_Id__c`,
  );
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
  const isText = field.type === 'textarea' || field.type === 'picklist' || field.type === 'reference';
  const kind = isText ? 'string' : field.type;
  throw new SalesforceError(
    400,
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${kind} from value ${JSON.stringify(value)} for the field ${field.name}`,
  );
}
