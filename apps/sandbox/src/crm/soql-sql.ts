import type { SQLInputValue } from 'node:sqlite';
import type { Literal } from '../query/condition.ts';
import { conditionSql, type Sql, type Storage } from '../query/condition-sql.ts';
import { QueryError } from '../query/query-error.ts';
import { fieldNamed, objectName, type Field } from './activity.ts';
import { readSalesforceId } from './salesforce-id.ts';
import type { SoqlQuery } from './soql.ts';

/** A field that the object does not have, or that may not be used like this (INVALID_FIELD). */
export class InvalidField extends QueryError {}

export interface Path {
  readonly field: Field;
  /** The field of the parent, `Parent__r.Name`. */
  readonly ofParent: boolean;
}

/** `Name` or `Parent__r.Name`. */
export function pathOf(name: string): Path {
  const [first = '', second, ...more] = name.split('.');
  const ofParent = second !== undefined;
  if (ofParent && (first.toLowerCase() !== 'parent__r' || more.length > 0)) {
    throw new InvalidField(`Didn't understand relationship '${first}' in field path.`);
  }
  const field = fieldNamed(second ?? first);
  if (!field) throw new InvalidField(`No such column '${second ?? first}' on entity '${objectName}'.`);
  return { field, ofParent };
}

export function columnOf(name: string): string {
  const { field, ofParent } = pathOf(name);
  return `${ofParent ? 'p' : 'a'}.${field.column}`;
}

const storage: Storage = { column: filtered, stored, emptyIsDifferent: true };

/** The numbers of the records that a query finds, in its order: `select a.n …`. */
export function soqlSql(query: SoqlQuery): Sql {
  const where = query.where ? conditionSql(query.where, storage) : { text: 'true', values: [] };
  const order = query.orderBy.map(
    ({ field, descending, nullsLast }) =>
      `${filtered(field)} ${descending ? 'desc' : 'asc'} nulls ${nullsLast ? 'last' : 'first'}`,
  );
  return {
    text: `select a.n from activity a left join activity p on p.id = a.parent_id
      where ${where.text} order by ${[...order, 'a.n'].join(', ')} limit ? offset ?`,
    values: [...where.values, query.limit ?? -1, query.offset],
  };
}

function filtered(name: string): string {
  if (pathOf(name).field.type === 'textarea') {
    throw new InvalidField(`field '${name}' can not be filtered or sorted in a query call`);
  }
  return columnOf(name);
}

function stored(name: string, literal: Literal): SQLInputValue {
  const { type } = pathOf(name).field;
  if (literal.is === 'null') return null;
  switch (type) {
    case 'id':
    case 'reference': {
      const id = literal.is === 'string' ? readSalesforceId(literal.value) : null;
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
