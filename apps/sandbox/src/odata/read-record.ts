import { z } from 'zod';
import {
  entitySet,
  idProperty,
  parentBinding,
  properties,
  type ColumnName,
  type Property,
} from './activity.ts';
import { badRequest, ODataError } from './odata-error.ts';

type Value = string | number | null;

/** What a body names, nothing else. */
export interface IncomingRecord {
  readonly values: ReadonlyMap<ColumnName, Value>;
  /** Undefined when the body says nothing of a parent. */
  readonly parentId: string | null | undefined;
}

const object = z.record(z.string(), z.unknown(), 'the body is one JSON object');

/** @throws ODataError 400 for unknown properties and values of the wrong type */
export function readRecord(body: unknown): IncomingRecord {
  const read = object.safeParse(body);
  if (!read.success) throw badRequest('The body is one JSON object');
  const values = new Map<ColumnName, Value>();
  let parentId: string | null | undefined;
  for (const [name, value] of Object.entries(read.data)) {
    if (name === parentBinding) parentId = value === null ? null : idOfBinding(value);
    else if (name !== idProperty) {
      const property = properties.find((one) => one.name === name);
      if (!property) {
        const message = `Invalid property '${name}' was found in entity 'Microsoft.Dynamics.CRM.mappa_activity'.`;
        throw new ODataError(400, '0x80060888', message);
      }
      values.set(property.column, readValue(property, value));
    }
  }
  return { values, parentId };
}

function idOfBinding(value: unknown): string {
  const id = new RegExp(`^/?${entitySet}\\(([0-9a-f-]{36})\\)$`, 'i').exec(String(value))?.[1];
  if (!id) throw badRequest(`The resource ${String(value)} cannot be bound to ${parentBinding}`);
  return id.toLowerCase();
}

function readValue({ name, type, longest = 0 }: Property, value: unknown): Value {
  if (value === null) return null;
  if (type === 'whole' && typeof value === 'number' && Number.isInteger(value)) return value;
  if (type === 'date' && typeof value === 'string' && z.iso.date().safeParse(value).success) return value;
  if (type === 'text' && typeof value === 'string') {
    if (value.length <= longest) return value;
    const message = `The length of the '${name}' attribute of the 'mappa_activity' entity exceeded the maximum allowed length of '${longest}'.`;
    throw new ODataError(400, '0x80044331', message);
  }
  throw badRequest(`Cannot convert the value ${JSON.stringify(value)} of '${name}' to the expected type`);
}
