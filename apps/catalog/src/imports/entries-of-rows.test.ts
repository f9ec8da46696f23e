import { editionSchema } from '#contracts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import { inWords } from '#words';
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

test('a level that the entry had before it was renumbered is not told, any other that its code has not is', () => {
  const levels = [
    { depth: 1, names: { en: 'one' }, pattern: '[A-Z][0-9]' },
    { depth: 2, names: { en: 'two' }, pattern: '[A-Z][0-9]/[0-9]' },
  ];
  const grammar = { ...edition, levels };
  const conceptId = conceptIdFrom('00000000-0000-4000-8000-000000000001');
  const before = { ...row('A1/1'), conceptId, parentId: null, rank: 1 };
  const told = (level: string, base: Map<ConceptId, Entry>) =>
    entriesOfRows('s', grammar, [{ ...row('A1'), conceptId, level }], base).findings.map(({ rule }) => rule);
  expect(told('2', new Map([[conceptId, before]]))).toEqual([]);
  expect(told('3', new Map([[conceptId, before]]))).toEqual(['level-contradicted']);
  expect(told('2', new Map())).toEqual(['level-contradicted']);
});

test('a level is known by its name whether its accents stand apart in the file or in the edition', () => {
  const [apart, whole] = ['Attivita\u0300', 'attivit\u00e0'];
  const told = (name: string, level: string) =>
    entriesOfRows('s', { ...edition, levels: [{ depth: 1, names: { it: name }, pattern: 'A[0-9]' }] }, [
      { ...row('A1'), level },
    ]).findings.map(({ rule }) => rule);
  expect(told(whole, apart)).toEqual([]);
  expect(told(apart, whole)).toEqual([]);
  expect(told(apart, 'attivita')).toEqual(['level-contradicted']);
});

test('a parent that is missing only because a code is no code is not told again', () => {
  const levels = [
    { depth: 1, names: { en: 'one' }, pattern: '[A-Z][0-9]' },
    { depth: 2, names: { en: 'two' }, pattern: '[A-Z][0-9]/[0-9]' },
  ];
  const grammar = { ...edition, levels };
  const rulesOf = (...rows: ImportedRow[]) =>
    entriesOfRows('s', grammar, rows)
      .findings.filter(({ severity }) => severity === 'error')
      .map(({ rule, code }) => `${rule} ${code}`);
  expect(rulesOf(row('A1'), row('\u04101/4'))).toEqual(['code-form \u04101/4']);
  expect(rulesOf(row('A1'), row('a1/2'))).toEqual(['code-form a1/2']);
  expect(
    entriesOfRows('s', grammar, [row('A1'), row('a1/1')]).findings.map(({ message }) => message.values),
  ).toEqual([['a1/1', 'A1/1', 1, '"a"', 'A']]);
  expect(rulesOf(row('\u04101'), row('A1/4'))).toEqual(['code-form \u04101']);
  expect(rulesOf(row('B1'), row('A1/4'))).toEqual(['parent-missing A1/4']);
  const stated = entriesOfRows('s', grammar, [row('A1'), { ...row('A1/1'), parent: '\u04101' }]).findings;
  expect(stated.map(({ message }) => inWords(message, 'en'))).toEqual([
    'A1/1 has no parent: \u04101 is not in the file; A1, which reads alike, is another code.',
  ]);
});

test('entries that have no code are called by their titles, and never by their ids', () => {
  const headings = editionSchema.parse({
    ...edition,
    levels: [1, 2].map((depth) => ({ depth, names: { en: `level ${depth}` } })),
  });
  const [top, below] = [1, 2].map((n) => conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`));
  const heading = (conceptId: ConceptId | undefined, title: string, parent: string | null): ImportedRow => ({
    ...row(conceptId ?? ''),
    conceptId: conceptId ?? null,
    code: null,
    parent,
    titles: { en: { official: title } },
  });
  const said = (rows: ImportedRow[], base?: Map<ConceptId, Entry>) =>
    entriesOfRows('s', headings, rows, base).findings.map(({ message }) => inWords(message, 'en'));
  const ends = { ...heading(top, 'Animals', null), asked: { change: 'retire', reason: '' } as const };
  expect(said([ends, heading(below, 'Dogs', top ?? '')])).toEqual([
    'Dogs goes on, but Animals above it is retired.',
  ]);
  const base = entriesOfRows('s', headings, [heading(below, 'Dogs', null)]).entries;
  const coded = new Map([...base].map(([id, entry]) => [id, { ...entry, code: codeFrom('D1') }]));
  expect(said([heading(top, 'Puppies', below ?? '')], coded)).toEqual([
    'Puppies has no parent: D1 is not in the file.',
  ]);
});

test('two names of one parent that do not agree are told, unless one is the code that it had', () => {
  const levels = [
    { depth: 1, names: { en: 'one' }, pattern: '[A-Z]' },
    { depth: 2, names: { en: 'two' }, pattern: '[0-9]', parent: 'stated' as const },
  ];
  const grammar = { ...edition, levels };
  const top = conceptIdFrom('00000000-0000-4000-8000-000000000001');
  const below = (parent: string | null, parentCode: string) => ({ ...row('1'), parent, parentCode });
  const told = (...rows: ImportedRow[]) => {
    const base = entriesOfRows('s', grammar, [{ ...row('A'), key: top, conceptId: top }]).entries;
    return entriesOfRows('s', grammar, rows, base).findings.map(({ rule, code, field }) => [
      rule,
      code,
      field,
    ]);
  };
  const [renumbered, other] = [{ ...row('C'), key: top, conceptId: top }, row('B')];
  expect(told(renumbered, below(top, 'C'))).toEqual([]);
  expect(told(renumbered, below(top, 'A'))).toEqual([]);
  expect(told(renumbered, other, below(top, 'B'))).toEqual([['parent-contradicted', '1', 'parent']]);
  expect(told(other, below(null, 'B'))).toEqual([['parent-contradicted', '1', 'parent']]);
});
