import type { Condition } from './condition.ts';
import type { TokenReader } from './token-reader.ts';

/** Reads AND, OR, NOT and brackets around what `leaf` reads; AND binds more than OR. */
export function parseBoolean(reader: TokenReader, leaf: () => Condition): Condition {
  const conjunctions = [conjunction(reader, leaf)];
  while (reader.accept('OR')) conjunctions.push(conjunction(reader, leaf));
  return conjunctions.length === 1 ? conjunctions[0]! : { is: 'or', of: conjunctions };
}

function conjunction(reader: TokenReader, leaf: () => Condition): Condition {
  const terms = [term(reader, leaf)];
  while (reader.accept('AND')) terms.push(term(reader, leaf));
  return terms.length === 1 ? terms[0]! : { is: 'and', of: terms };
}

function term(reader: TokenReader, leaf: () => Condition): Condition {
  if (reader.accept('NOT')) return { is: 'not', of: term(reader, leaf) };
  if (!reader.accept('(')) return leaf();
  const inner = parseBoolean(reader, leaf);
  reader.expect(')');
  return inner;
}
