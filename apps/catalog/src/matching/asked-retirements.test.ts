import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import { expect, test } from 'vitest';
import type { ImportedRow } from '../imports/imported-row.ts';
import { checkRetirements, retirementsOf } from './asked-retirements.ts';

const id = (n: number): ConceptId => conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`);
const entry = (n: number, official: string, parent: number | null, code: string | null = null): Entry => ({
  conceptId: id(n),
  code: code === null ? null : codeFrom(code),
  parentId: parent === null ? null : id(parent),
  rank: n,
  titles: { it: { official } },
  notes: {},
  attributes: {},
});
const base = new Map(
  [
    entry(1, 'Animali', null),
    entry(2, 'Cani', 1),
    entry(3, 'Crocchette', 2),
    entry(4, 'Piante', null),
    entry(5, 'Piante', null),
    entry(6, 'Bilancio', null, 'A1'),
  ].map((each) => [each.conceptId, each]),
);
const ending = (key: string, parent: string | null | undefined, code: string | null = null): ImportedRow => ({
  key,
  conceptId: null,
  code: code === null ? null : codeFrom(code),
  parent,
  rank: null,
  titles: {},
  notes: {},
  attributes: {},
  asked: { change: 'retire', reason: '' },
});
const retired = (row: ImportedRow) => retirementsOf([row], base).get(row)?.conceptId;

test('an entry without a code is retired by the titles that lead to it', () => {
  expect(retired(ending('Animali', null))).toBe(id(1));
  expect(retired(ending('Animali > Cani > Crocchette', 'Animali > Cani'))).toBe(id(3));
  expect(retired(ending('A1', undefined, 'A1'))).toBe(id(6));
  expect(retired(ending('Piante', null))).toBeUndefined();
});

test('a retirement of nobody, or of one of several, is told', () => {
  const told = (row: ImportedRow) =>
    checkRetirements([row], base).map(({ rule, message }) => [rule, ...message.values]);
  expect(told(ending('Animali > Cani', 'Animali'))).toEqual([]);
  expect(told(ending('Rocce', null))).toEqual([['retirement-unknown', 'Rocce']]);
  expect(told(ending('Piante', null))).toEqual([['retirement-unknown', 'Piante', 2]]);
});
