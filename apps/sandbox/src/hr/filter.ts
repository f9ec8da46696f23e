import type { SQLInputValue } from 'node:sqlite';
import { likePattern } from '../store/like-pattern.ts';
import type { Comparison, Condition, Literal } from '../query/condition.ts';
import { conditionSql, type Sql, type Storage } from '../query/condition-sql.ts';
import { parseBoolean } from '../query/parse-boolean.ts';
import { literal } from '../query/parse-condition.ts';
import { QueryError } from '../query/query-error.ts';
import { TokenReader } from '../query/token-reader.ts';
import { schemaId } from './schema.ts';
import { ScimError } from './scim-error.ts';

const operators: Readonly<Record<string, Comparison>> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

/** Columns of filterable attributes; `title` and ids of other systems' making compare as the schema says. */
const columns: Readonly<
  Record<string, { readonly column: string; readonly is: 'text' | 'number' | 'boolean' }>
> = {
  id: { column: 'id', is: 'text' },
  externalid: { column: 'external_id', is: 'text' },
  code: { column: 'code', is: 'text' },
  title: { column: 'title collate nocase', is: 'text' },
  active: { column: 'active', is: 'boolean' },
  level: { column: 'level', is: 'number' },
  validto: { column: 'valid_to', is: 'text' },
  'parent.value': { column: 'parent_id', is: 'text' },
  parent: { column: 'parent_id', is: 'text' },
  'meta.lastmodified': { column: 'modified_at', is: 'text' },
};

/** A filter (RFC 7644 section 3.4.2.2) as SQL over `code`. @throws ScimError 400 invalidFilter */
export function filterSql(filter: string): Sql {
  try {
    const reader = new TokenReader(filter);
    const condition = parseBoolean(reader, () => test(reader));
    reader.end();
    return conditionSql(condition, storage);
  } catch (error) {
    if (error instanceof QueryError)
      throw new ScimError(400, `The filter cannot be read: ${error.message}`, 'invalidFilter');
    throw error;
  }
}

function test(reader: TokenReader): Condition {
  const field = reader.word('an attribute');
  const operator = reader.word('an operator').toLowerCase();
  if (operator === 'pr') return { is: 'not', of: { is: 'null', field } };
  const op = operators[operator];
  if (op) return { is: 'compare', field, op, value: literal(reader) };
  const value = literal(reader);
  if (value.is !== 'string') throw new QueryError(`${operator} needs text in quotes`);
  return { is: 'like', field, pattern: patternOf(operator, value.value) };
}

function patternOf(operator: string, words: string): string {
  const anywhere = likePattern(words);
  if (operator === 'co') return anywhere;
  if (operator === 'sw') return anywhere.slice(1);
  if (operator === 'ew') return anywhere.slice(0, -1);
  throw new QueryError(`there is no operator ${operator}`);
}

const storage: Storage = {
  emptyIsDifferent: true,
  column: (field) => columnOf(field).column,
  stored(field, value): SQLInputValue {
    const { is } = columnOf(field);
    return typed(field, is, value);
  },
};

function columnOf(field: string) {
  const name = field.toLowerCase().replace(`${schemaId.toLowerCase()}:`, '');
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (!column) throw new QueryError(`there is no attribute ${field}`);
  return column;
}

function typed(field: string, is: 'text' | 'number' | 'boolean', value: Literal): SQLInputValue {
  if (is === 'text' && (value.is === 'string' || value.is === 'date')) return value.value;
  if (is === 'number' && value.is === 'number') return value.value;
  if (is === 'boolean' && value.is === 'boolean') return Number(value.value);
  throw new QueryError(`${field} is compared with a ${is}`);
}
