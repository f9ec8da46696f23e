import type { SQLInputValue } from 'node:sqlite';
import type { Condition, Literal } from './condition.ts';
import { QueryError } from './query-error.ts';

/** A piece of SQL with the values of its question marks, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** How one server stores the fields that a condition names. Everything that it refuses, it throws as QueryError. */
export interface Storage {
  /** SQL expression of a field. */
  column(field: string): string;
  /** The literal as the column stores it. */
  stored(field: string, literal: Literal): SQLInputValue;
  call?(name: string, argument: string): Sql;
  /** Whether `!=` and `not` also find records in which the field is empty (SOQL, SCIM) or not (SQL). */
  readonly emptyIsDifferent: boolean;
}

/** SQLite's own words for a condition. */
export function conditionSql(condition: Condition, storage: Storage): Sql {
  switch (condition.is) {
    case 'and':
    case 'or': {
      const parts = condition.of.map((part) => conditionSql(part, storage));
      return {
        text: `(${parts.map(({ text }) => text).join(` ${condition.is} `)})`,
        values: parts.flatMap(({ values }) => values),
      };
    }
    case 'not': {
      const inner = conditionSql(condition.of, storage);
      return {
        text: storage.emptyIsDifferent ? `coalesce(not ${inner.text}, true)` : `not ${inner.text}`,
        values: inner.values,
      };
    }
    case 'compare':
      return comparisonSql(condition, storage);
    case 'in': {
      const values = condition.values.map((value) => storage.stored(condition.field, value));
      return { text: `${storage.column(condition.field)} in (${values.map(() => '?').join(', ')})`, values };
    }
    case 'like':
      return { text: `${storage.column(condition.field)} like ? escape '\\'`, values: [condition.pattern] };
    case 'null':
      return { text: `${storage.column(condition.field)} is null`, values: [] };
    default:
      return callSql(condition.name, condition.argument, storage);
  }
}

function comparisonSql({ field, op, value }: Extract<Condition, { is: 'compare' }>, storage: Storage): Sql {
  const column = storage.column(field);
  if (value.is === 'null') return { text: `${column} is ${op === '=' ? '' : 'not '}null`, values: [] };
  const stored = storage.stored(field, value);
  if (op === '!=' && storage.emptyIsDifferent) return { text: `${column} is not ?`, values: [stored] };
  return { text: `${column} ${op} ?`, values: [stored] };
}

function callSql(name: string, argument: string, storage: Storage): Sql {
  if (!storage.call) throw new QueryError(`there is no function ${name}`);
  return storage.call(name, argument);
}
