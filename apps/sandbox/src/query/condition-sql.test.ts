import { describe, expect, test } from 'vitest';
import { conditionSql, type Storage } from './condition-sql.ts';
import { parseCondition } from './parse-condition.ts';
import { QueryError } from './query-error.ts';
import { TokenReader } from './token-reader.ts';

const storage: Storage = {
  column: (field) => field.toLowerCase(),
  stored: (_field, literal) =>
    literal.is === 'null' ? null : typeof literal.value === 'boolean' ? 1 : literal.value,
  emptyIsDifferent: true,
};
const sql = (text: string) => {
  const reader = new TokenReader(text);
  const condition = parseCondition(reader);
  reader.end();
  return conditionSql(condition, storage);
};

describe('a condition becomes SQL', () => {
  test('with its values apart, never in the text', () => {
    expect(sql(`Name = 'x'' or 1=1 --' AND Level > 3`)).toEqual({
      text: '(name = ? and level > ?)',
      values: [`x' or 1=1 --`, 3],
    });
  });

  test('AND binds more than OR, brackets bind most', () => {
    expect(sql('a = 1 OR b = 2 AND c = 3').text).toBe('(a = ? or (b = ? and c = ?))');
    expect(sql('(a = 1 OR b = 2) AND c = 3').text).toBe('((a = ? or b = ?) and c = ?)');
  });

  test('lists, patterns, emptiness and dates', () => {
    expect(sql(`A IN ('x', 'y\\'z') AND NOT B LIKE 'x\\_%' AND C IS NOT NULL AND D >= 2026-12-31`)).toEqual({
      text: `(a in (?, ?) and coalesce(not b like ? escape '\\', true) and coalesce(not c is null, true) and d >= ?)`,
      values: ['x', `y'z`, 'x\\_%', '2026-12-31'],
    });
    expect(sql(`a != 'x' and b = null`).text).toBe('(a is not ? and b is null)');
  });

  test('what cannot be read says where', () => {
    expect(() => sql('a = ')).toThrow(new QueryError('expected a value, found the end'));
    expect(() => sql('a = 1 b')).toThrow(QueryError);
    expect(() => sql(`a = 'open`)).toThrow(/unexpected token at position 3/);
  });
});
