import { expect, test } from 'vitest';
import { identifier, join, json, literal, sql } from './sql.ts';

test('values become numbered places, in the order of the text', () => {
  const query = sql`select * from entry where code = ${'A1'} and level < ${3}`;
  expect(query.text).toBe('select * from entry where code = $1 and level < $2');
  expect(query.values).toEqual(['A1', 3]);
});

test('parts are put in as text and numbered on', () => {
  const live = sql`to_revision is null and scheme_id = ${'cciaa'}`;
  const query = sql`select ${identifier('catalog', 'entry')}.* where ${live} and code = any(${['A1', 'B2']})`;
  expect(query.text).toBe(
    'select "catalog"."entry".* where to_revision is null and scheme_id = $1 and code = any($2)',
  );
  expect(query.values).toEqual(['cciaa', ['A1', 'B2']]);
});

test('a list of conditions is joined, an empty one gives nothing', () => {
  const conditions = [sql`a = ${1}`, sql`b = ${2}`, sql`c = ${3}`];
  expect(sql`where ${join(conditions, ' and ')}`).toMatchObject({
    text: 'where a = $1 and b = $2 and c = $3',
    values: [1, 2, 3],
  });
  expect(sql`where true ${join([])}`).toMatchObject({ text: 'where true ', values: [] });
});

test('json goes as text with a cast, so that arrays are JSON arrays', () => {
  expect(sql`select ${json([1, { a: 2 }])}`).toMatchObject({
    text: 'select $1::text::jsonb',
    values: ['[1,{"a":2}]'],
  });
});

test('names and constants are quoted', () => {
  expect(sql`alter role ${identifier('we"ird')} password ${literal("it's \\ here")}`.text).toBe(
    `alter role "we""ird" password  E'it''s \\\\ here'`,
  );
});
