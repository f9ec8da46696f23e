import type { Condition } from '../query/condition.ts';
import { parseCondition } from '../query/parse-condition.ts';
import { QueryError } from '../query/query-error.ts';
import { TokenReader } from '../query/token-reader.ts';
import { activityObject } from './activity.ts';
import { caseObject } from './case.ts';
import type { CrmObject } from './crm-object.ts';

export interface SoqlQuery {
  readonly object: CrmObject;
  /** Names as they were written, `Parent__r.Name` too; 'count' for `SELECT COUNT()`. */
  readonly fields: readonly string[] | 'count';
  /** `COUNT(Id) n`, in their order; an alias is null where none was given. */
  readonly counts: readonly { readonly field: string; readonly alias: string | null }[];
  readonly groupBy: readonly string[];
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

const objects = new Map([activityObject, caseObject].map((object) => [object.name.toLowerCase(), object]));

/** Reads the subset of SOQL that a client of few objects needs: SELECT, COUNT, FROM, WHERE, GROUP BY, ORDER BY, LIMIT, OFFSET. */
export function parseSoql(text: string): SoqlQuery {
  const reader = new TokenReader(text);
  reader.expect('SELECT');
  const selected = reader.accept('COUNT', '(', ')') ? null : reader.list(() => select(reader));
  reader.expect('FROM');
  const name = reader.word('an object');
  const object = objects.get(name.toLowerCase());
  if (!object) throw new UnknownObject(name);
  const where = reader.accept('WHERE') ? parseCondition(reader) : null;
  const groupBy = reader.accept('GROUP', 'BY') ? reader.list(() => reader.word('a field')) : [];
  const orderBy = reader.accept('ORDER', 'BY') ? reader.list(() => order(reader)) : [];
  const limit = reader.accept('LIMIT') ? reader.wholeNumber('a number of records') : null;
  const offset = reader.accept('OFFSET') ? reader.wholeNumber('a number of records') : 0;
  reader.end();
  const fields = selected?.flatMap((one) => (typeof one === 'string' ? [one] : [])) ?? 'count';
  const counts = selected?.filter((one) => typeof one !== 'string') ?? [];
  return { object, fields, counts, where, groupBy, orderBy, limit, offset };
}

/** A field, or `COUNT(field) alias`. */
function select(reader: TokenReader): string | SoqlQuery['counts'][number] {
  if (!reader.accept('COUNT', '(')) return reader.word('a field');
  const field = reader.word('a field');
  reader.expect(')');
  const { is, text } = reader.peek();
  const hasAlias = is === 'word' && text.toUpperCase() !== 'FROM';
  return { field, alias: hasAlias ? reader.take().text : null };
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
