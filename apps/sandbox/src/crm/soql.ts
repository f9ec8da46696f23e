import type { Condition } from '../query/condition.ts';
import { parseCondition } from '../query/parse-condition.ts';
import { QueryError } from '../query/query-error.ts';
import { TokenReader } from '../query/token-reader.ts';
import { objectName } from './activity.ts';

export interface SoqlQuery {
  /** Names as they were written, `Parent__r.Name` too; 'count' for `SELECT COUNT()`. */
  readonly fields: readonly string[] | 'count';
  readonly where: Condition | null;
  readonly orderBy: readonly SoqlOrder[];
  readonly limit: number | null;
  readonly offset: number;
}

export interface SoqlOrder {
  readonly field: string;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

/** Reads the subset of SOQL that a client of one object needs: SELECT, FROM, WHERE, ORDER BY, LIMIT, OFFSET. */
export function parseSoql(text: string): SoqlQuery {
  const reader = new TokenReader(text);
  reader.expect('SELECT');
  const fields = reader.accept('COUNT', '(', ')') ? 'count' : reader.list(() => reader.word('a field'));
  reader.expect('FROM');
  const object = reader.word('an object');
  if (object.toLowerCase() !== objectName.toLowerCase()) throw new UnknownObject(object);
  const where = reader.accept('WHERE') ? parseCondition(reader) : null;
  const orderBy = reader.accept('ORDER', 'BY') ? reader.list(() => order(reader)) : [];
  const limit = reader.accept('LIMIT') ? reader.wholeNumber('a number of records') : null;
  const offset = reader.accept('OFFSET') ? reader.wholeNumber('a number of records') : 0;
  reader.end();
  return { fields, where, orderBy, limit, offset };
}

/** An object that this organisation does not have (INVALID_TYPE). */
export class UnknownObject extends QueryError {
  constructor(name: string) {
    super(`sObject type '${name}' is not supported.`);
  }
}

function order(reader: TokenReader): SoqlOrder {
  const field = reader.word('a field');
  const descending = reader.accept('DESC') || (reader.accept('ASC') && false);
  const nullsLast = reader.accept('NULLS', 'LAST') || (reader.accept('NULLS', 'FIRST') && false);
  return { field, descending, nullsLast };
}
