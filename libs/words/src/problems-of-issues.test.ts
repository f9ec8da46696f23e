import { expect, test } from 'vitest';
import { z } from 'zod';
import { problemsOfIssues } from './problems-of-issues.ts';
import { spoken } from './spoken.ts';

function problems(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return spoken(problemsOfIssues(error?.issues ?? []), 'en').map(
    ({ path = '', message }) => `${path}: ${message}`,
  );
}

test.each<[unknown, z.ZodType, string]>([
  [undefined, z.record(z.string(), z.string()), ': It is missing.'],
  [7, z.string(), ': It must be a text.'],
  ['', z.string().min(1), ': It must not be empty.'],
  ['x', z.string().min(2), ': It must have at least 2 characters.'],
  [[1, 2], z.array(z.int()).max(1), ': It may have at most one item.'],
  [0.5, z.int(), ': It must be a whole number.'],
  [0, z.int().min(1), ': It must be at least 1.'],
  ['c', z.enum(['a', 'b']), ': It must be one of "a", "b".'],
  ['x', z.enum([';', '\t']), ': It must be one of ";", tab.'],
  [3, z.union([z.literal(1), z.literal(2)]), ': It must be one of 1, 2.'],
  ['x', z.uuid(), ': It must be an id such as 0193b0c4-7c1e-7000-8000-000000000000.'],
  ['x', z.string().regex(/^y$/), ': It does not have the expected form.'],
  ['x', z.string().regex(/^y$/, 'It is not y.'), ': It is not y.'],
  [
    { a: { b: [{}] } },
    z.object({ a: z.object({ b: z.array(z.object({ c: z.int() })) }) }),
    'a.b[0].c: It is missing.',
  ],
  [{ x: 1 }, z.strictObject({}), ': It has what is not known here: x.'],
])('%j is told in plain words', (value, schema, told) => {
  expect(problems(schema, value)).toEqual([told]);
});

test('of several forms, the one that a value comes nearest to tells what is wrong, with its path', () => {
  const file = z.strictObject({ format: z.string(), options: z.record(z.string(), z.string()) });
  const document = z.strictObject({
    edition: z.strictObject({ levels: z.array(z.int()) }),
    text: z.string(),
  });
  const schema = z.union([file, document]);
  expect(problems(schema, { edition: { levels: ['x'] }, text: 't' })).toEqual([
    'edition.levels[0]: It must be a number.',
  ]);
  expect(problems(schema, { format: 'csv', options: { a: 1 } })).toEqual(['options.a: It must be a text.']);
  expect(problems(schema, 'x')).toEqual([': It has none of the forms that are possible here.']);
});
