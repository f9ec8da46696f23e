import { editionSchema } from '#contracts';
import { codeFrom } from '#taxonomy';
import { expect, test } from 'vitest';
import { entriesOfRows } from './entries-of-rows.ts';
import type { ImportedRow } from './imported-row.ts';

const edition = editionSchema.parse({
  label: 'E',
  titles: { en: 'E' },
  effectiveDate: '2026-01-01',
  source: { file: 'e.csv', format: 'csv', language: 'en' },
  separator: '/',
  levels: [{ depth: 1, names: { en: 'level' }, pattern: '[A-Za-z0-9]+' }],
});

const row = (text: string, rank: number | null = null): ImportedRow => ({
  key: text,
  conceptId: null,
  code: codeFrom(text),
  parent: undefined,
  rank,
  titles: { en: { official: `Title ${text}` } },
  notes: {},
  attributes: {},
});

const inOrder = (rows: ImportedRow[]) =>
  [...entriesOfRows('s', edition, rows).entries.values()]
    .sort((a, b) => a.rank - b.rank)
    .map(({ code }) => code);

test('siblings whose codes are long words stand in order of code, each with a rank of its own', () => {
  expect(inOrder(['food', 'foot', 'fool', 'foam'].map((text) => row(text)))).toEqual([
    'foam',
    'food',
    'fool',
    'foot',
  ]);
});

test('a rank that a file states is kept', () => {
  expect(inOrder([row('a', 3), row('b', 1), row('c', 2)])).toEqual(['b', 'c', 'a']);
});
