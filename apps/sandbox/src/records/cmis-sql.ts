import type { Condition } from '../query/condition.ts';
import { parseCondition } from '../query/parse-condition.ts';
import { TokenReader } from '../query/token-reader.ts';

export interface CmisQuery {
  /** Property and the name under which it is wanted; '*' for all. */
  readonly select: readonly { readonly id: string; readonly alias: string }[] | '*';
  readonly type: string;
  readonly where: Condition | null;
  readonly orderBy: readonly { readonly id: string; readonly descending: boolean }[];
}

/** Reads the subset of CMIS SQL (section 2.1.14) over one type: SELECT, FROM, WHERE, ORDER BY. */
export function parseCmisSql(text: string): CmisQuery {
  const reader = new TokenReader(text);
  reader.expect('SELECT');
  const selected = reader.accept('*') ? '*' : reader.list(() => column(reader));
  reader.expect('FROM');
  const type = reader.word('a type');
  const qualifier = readQualifier(reader);
  const where = reader.accept('WHERE') ? parseCondition(reader) : null;
  const orderBy = reader.accept('ORDER', 'BY') ? reader.list(() => order(reader, qualifier)) : [];
  reader.end();
  return {
    select:
      selected === '*'
        ? '*'
        : selected.map(({ id, alias }) => ({ id: bare(id, qualifier), alias: alias ?? bare(id, qualifier) })),
    type,
    where: where && withoutQualifier(where, qualifier),
    orderBy,
  };
}

function column(reader: TokenReader): { readonly id: string; readonly alias: string | null } {
  const id = reader.word('a property');
  return { id, alias: reader.accept('AS') ? reader.word('a name') : null };
}

/** `FROM act:code AS c` or `FROM act:code c`. */
function readQualifier(reader: TokenReader): string | null {
  if (reader.accept('AS')) return reader.word('a name');
  const token = reader.peek();
  if (token.is !== 'word' || /^(WHERE|ORDER)$/i.test(token.text)) return null;
  return reader.word('a name');
}

function order(
  reader: TokenReader,
  qualifier: string | null,
): { readonly id: string; readonly descending: boolean } {
  const id = bare(reader.word('a property'), qualifier);
  const descending = reader.accept('DESC');
  if (!descending) reader.accept('ASC');
  return { id, descending };
}

const bare = (id: string, qualifier: string | null): string =>
  qualifier !== null && id.startsWith(`${qualifier}.`) ? id.slice(qualifier.length + 1) : id;

function withoutQualifier(condition: Condition, qualifier: string | null): Condition {
  switch (condition.is) {
    case 'and':
    case 'or':
      return { is: condition.is, of: condition.of.map((part) => withoutQualifier(part, qualifier)) };
    case 'not':
      return { is: 'not', of: withoutQualifier(condition.of, qualifier) };
    case 'call':
      return condition;
    default:
      return { ...condition, field: bare(condition.field, qualifier) };
  }
}
