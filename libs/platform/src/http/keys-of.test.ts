import { expect, test } from 'vitest';
import { z } from 'zod';
import { keysOf } from './keys-of.ts';

const page = z.object({ limit: z.string(), after: z.string().optional() });

test.each([
  [page, ['limit', 'after']],
  [page.extend({ q: z.string() }).refine(() => true), ['limit', 'after', 'q']],
  [page.transform(({ limit }) => limit), ['limit', 'after']],
  [page.default({ limit: '1' }), ['limit', 'after']],
  [z.union([page, z.object({ code: z.string(), limit: z.string() })]), ['limit', 'after', 'code']],
  [page.and(z.object({ code: z.string() })), ['limit', 'after', 'code']],
])('a schema of objects knows its keys, in all of its forms (%#)', (schema, keys) => {
  expect(keysOf(schema)).toEqual(keys);
});

test.each([
  [z.record(z.string(), z.string())],
  [z.union([page, z.record(z.string(), z.string())])],
  [undefined],
])('where any key may stand, none is told from another (%#)', (schema) => {
  expect(keysOf(schema)).toBeNull();
});
