import type { Comparison, Condition, Literal } from './condition.ts';
import { parseBoolean } from './parse-boolean.ts';
import type { TokenReader } from './token-reader.ts';

/** A WHERE clause as SOQL and CMIS SQL write it: comparisons, IN, LIKE, IS NULL, IN_TREE(…), AND, OR, NOT, brackets. */
export const parseCondition = (reader: TokenReader): Condition => parseBoolean(reader, () => test(reader));

function test(reader: TokenReader): Condition {
  const field = reader.word('a field');
  if (reader.accept('(')) return call(reader, field.toUpperCase());
  if (reader.accept('IS', 'NOT', 'NULL')) return { is: 'not', of: { is: 'null', field } };
  if (reader.accept('IS', 'NULL')) return { is: 'null', field };
  if (reader.accept('NOT', 'IN')) return { is: 'not', of: inList(reader, field) };
  if (reader.accept('IN')) return inList(reader, field);
  if (reader.accept('NOT', 'LIKE')) return { is: 'not', of: like(reader, field) };
  if (reader.accept('LIKE')) return like(reader, field);
  return { is: 'compare', field, op: comparison(reader), value: literal(reader) };
}

/** The argument is the last one: `IN_TREE('100')` or, with a qualifier of the table, `IN_TREE(f, '100')`. */
function call(reader: TokenReader, name: string): Condition {
  if (reader.peek().is === 'word') {
    reader.take();
    reader.expect(',');
  }
  const argument = reader.take();
  if (argument.is !== 'string') throw reader.unexpected('text in quotes', argument);
  reader.expect(')');
  return { is: 'call', name, argument: argument.text };
}

function inList(reader: TokenReader, field: string): Condition {
  reader.expect('(');
  const values = reader.list(() => literal(reader));
  reader.expect(')');
  return { is: 'in', field, values };
}

function like(reader: TokenReader, field: string): Condition {
  const pattern = reader.take();
  if (pattern.is !== 'string') throw reader.unexpected('text in quotes', pattern);
  return { is: 'like', field, pattern: pattern.text };
}

const comparisons: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

function comparison(reader: TokenReader): Comparison {
  const token = reader.take();
  const op = token.is === 'symbol' ? comparisons[token.text] : undefined;
  if (!op) throw reader.unexpected('a comparison', token);
  return op;
}

/** `'text'`, `5`, `2026-12-31`, `true`, `null`, `TIMESTAMP '2026-12-31T00:00:00.000Z'` */
export function literal(reader: TokenReader): Literal {
  const token = reader.take();
  if (token.is === 'string' || token.is === 'date') return { is: token.is, value: token.text };
  if (token.is === 'number') return { is: 'number', value: Number(token.text) };
  const word = token.text.toLowerCase();
  if (token.is === 'word' && (word === 'true' || word === 'false'))
    return { is: 'boolean', value: word === 'true' };
  if (token.is === 'word' && word === 'null') return { is: 'null' };
  if (token.is === 'word' && word === 'timestamp' && reader.peek().is === 'string') {
    return { is: 'date', value: reader.take().text };
  }
  throw reader.unexpected('a value', token);
}
