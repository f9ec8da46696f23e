import type { SQLInputValue } from 'node:sqlite';
import type { Literal } from '../query/condition.ts';
import { conditionSql, type Sql, type Storage } from '../query/condition-sql.ts';
import { QueryError } from '../query/query-error.ts';
import { activityObject } from './activity.ts';
import { tableOf, type CrmObject, type Field } from './crm-object.ts';
import { readSalesforceId } from './salesforce-id.ts';
import type { SoqlQuery } from './soql.ts';

/** A field that the object does not have, or that may not be used like this (INVALID_FIELD). */
export class InvalidField extends QueryError {}

export interface Path {
  readonly field: Field;
  /** The field of the record to which the lookup leads, `Parent__r.Name`. */
  readonly ofParent: boolean;
}

/** `Name` or `Parent__r.Name`. */
export function pathOf(name: string, object: CrmObject): Path {
  const [first = '', second, ...more] = name.split('.');
  const ofParent = second !== undefined;
  if (ofParent && (first.toLowerCase() !== object.lookup.relation.toLowerCase() || more.length > 0)) {
    throw new InvalidField(`Didn't understand relationship '${first}' in field path.`);
  }
  const field = ofParent ? activityObject.field(second) : object.field(first);
  if (!field) throw new InvalidField(`No such column '${second ?? first}' on entity '${object.name}'.`);
  return { field, ofParent };
}

export function columnOf(name: string, object: CrmObject): string {
  const { field, ofParent } = pathOf(name, object);
  return `${ofParent ? 'p' : 'a'}.${field.column}`;
}

/** `from … where …` of a query. */
export function fromSql({ object, where }: SoqlQuery): Sql {
  const storage: Storage = {
    column: (name) => filtered(name, object),
    stored: (name, literal) => stored(name, literal, object),
    emptyIsDifferent: true,
  };
  const condition = where ? conditionSql(where, storage) : { text: 'true', values: [] };
  return { text: `from ${tableOf(object)} where ${condition.text}`, values: condition.values };
}

export function orderSql({ orderBy, object }: SoqlQuery): string[] {
  return orderBy.map(
    ({ field, descending, nullsLast }) =>
      `${filtered(field, object)} ${descending ? 'desc' : 'asc'} nulls ${nullsLast ? 'last' : 'first'}`,
  );
}

/** The numbers of the records that a query finds, in its order: `select a.n …`. */
export function soqlSql(query: SoqlQuery): Sql {
  const from = fromSql(query);
  return {
    text: `select a.n ${from.text} order by ${[...orderSql(query), 'a.n'].join(', ')} limit ? offset ?`,
    values: [...from.values, query.limit ?? -1, query.offset],
  };
}

function filtered(name: string, object: CrmObject): string {
  if (pathOf(name, object).field.type === 'textarea') {
    throw new InvalidField(`field '${name}' can not be filtered or sorted in a query call`);
  }
  return columnOf(name, object);
}

function stored(name: string, literal: Literal, object: CrmObject): SQLInputValue {
  const { field, ofParent } = pathOf(name, object);
  const { type } = field;
  if (literal.is === 'null') return null;
  switch (type) {
    case 'id':
    case 'reference': {
      const { keyPrefix } = type === 'id' && !ofParent ? object : activityObject;
      const id = literal.is === 'string' ? readSalesforceId(keyPrefix, literal.value) : null;
      if (id) return id;
      throw new InvalidField(`invalid ID field: ${String(literal.value)}`);
    }
    case 'boolean':
      return literal.is === 'boolean' ? Number(literal.value) : wrongType(name, type);
    case 'double':
      return literal.is === 'number' ? literal.value : wrongType(name, type);
    case 'date':
      return literal.is === 'date' ? literal.value : wrongType(name, type);
    case 'datetime':
      return literal.is === 'date' ? new Date(literal.value).toISOString() : wrongType(name, type);
    default:
      return literal.is === 'string' ? literal.value : wrongType(name, 'string');
  }
}

function wrongType(name: string, type: string): never {
  const quotes = type === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  throw new InvalidField(
    `value of filter criterion for field '${name}' must be of type ${type} and ${quotes}`,
  );
}
