import { editionSchema } from '#contracts';
import { codeFrom, conceptIdFrom, type ConceptId, type Entry } from '#taxonomy';
import { describe, expect, test } from 'vitest';
import { entriesOfRows } from '../entries-of-rows.ts';
import type { ImportedRow } from '../imported-row.ts';
import { completeRows } from './complete-rows.ts';

const depths = (...patterns: (string | undefined)[]) =>
  patterns.map((pattern, i) => ({
    depth: i + 1,
    names: { it: `${i + 1}` },
    ...(pattern ? { pattern } : {}),
  }));
const editionOf = (levels: object[]) =>
  editionSchema.parse({
    label: 'E',
    titles: { it: 'E' },
    effectiveDate: '2026-01-01',
    source: { file: 'e.csv', format: 'csv', language: 'it' },
    separator: '.',
    levels,
  });

const entry = (
  id: string,
  code: string | null,
  title: string,
  parent: string | null,
  rank: number,
): Entry => ({
  conceptId: conceptIdFrom(id),
  code: code === null ? null : codeFrom(code),
  parentId: parent === null ? null : conceptIdFrom(parent),
  rank,
  titles: { it: { official: title } },
  notes: {},
  attributes: {},
});
const mapOf = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));
const row = (key: string, more: Partial<ImportedRow> = {}): ImportedRow => ({
  key,
  conceptId: null,
  code: null,
  parent: undefined,
  rank: null,
  titles: {},
  notes: {},
  attributes: {},
  ...more,
});
const byPath = (...path: string[]): ImportedRow =>
  row(path.join(' > '), {
    parent: path.length > 1 ? path.slice(0, -1).join(' > ') : null,
    titles: { it: { official: path.at(-1) ?? '' } },
  });

describe('a file that holds only what changes, by path', () => {
  const edition = editionOf(depths(undefined, undefined, undefined));
  const base = mapOf(
    entry('animals', null, 'Animali', null, 1),
    entry('dogs', null, 'Cani', 'animals', 2),
    entry('dog food', null, 'Cibo', 'dogs', 3),
    entry('cats', null, 'Gatti', 'animals', 4),
    entry('cat food', null, 'Cibo', 'cats', 5),
  );
  /** What differs from the base, by title. */
  const made = (...rows: ImportedRow[]) => {
    const complete = completeRows(edition, rows, base);
    const { entries, findings } = entriesOfRows('s', edition, complete, base);
    const touched = complete.filter(({ isKept }) => !isKept).map(({ conceptId }) => conceptId);
    const differing = [...entries.values()].filter(
      ({ conceptId, parentId, rank }) =>
        base.get(conceptId)?.parentId !== parentId || base.get(conceptId)?.rank !== rank,
    );
    return {
      touched,
      entries: entries.size,
      differing: differing.map(({ titles, parentId, rank }) => [titles['it']?.official, parentId, rank]),
      rules: findings.map(({ rule }) => rule),
    };
  };

  test('names an entry by its path of titles, with or without the rows above it', () => {
    const same = { entries: 5, differing: [], rules: [] };
    expect(made(byPath('Animali', 'Cani', 'Cibo'))).toEqual({ ...same, touched: ['dog food'] });
    expect(made(byPath('Animali'), byPath('Animali', 'Cani'), byPath('Animali', 'Cani', 'Cibo'))).toEqual({
      ...same,
      touched: ['animals', 'dogs', 'dog food'],
    });
  });

  test('has a new entry after the others, below the one that its path names', () => {
    expect(made(byPath('Animali', 'Gatti', 'Giochi'), byPath('Animali', 'Cani', 'Giochi'))).toEqual({
      touched: [null, null],
      entries: 7,
      differing: [
        ['Giochi', 'cats', 21],
        ['Giochi', 'dogs', 37],
      ],
      rules: [],
    });
  });

  test('has a new entry at the top where its path is one title, whatever has that title below', () => {
    const same = { entries: 6, rules: [] };
    expect(made(byPath('Cibo'))).toEqual({ ...same, touched: [null], differing: [['Cibo', null, 21]] });
    expect(made(byPath('Cani'))).toEqual({ ...same, touched: [null], differing: [['Cani', null, 21]] });
    expect(made(byPath('Cani'), byPath('Cani', 'Cibo'))).toMatchObject({
      entries: 7,
      touched: [null, null],
      rules: [],
    });
  });

  test('is told of a path that leads nowhere, and of one row twice', () => {
    expect(made(byPath('Animali', 'Pesci', 'Cibo')).rules).toEqual(['parent-missing']);
    expect(made(byPath('Animali', 'Cani'), byPath('Animali', 'Cani')).rules).toEqual(['code-repeated']);
  });
});

describe('a file that holds only what changes, without a column of parents', () => {
  const edition = editionOf(depths(undefined, '[A-Z][1-9]', '[A-Z][1-9]\\.[1-9]'));
  const base = mapOf(
    entry('heading', null, 'GOVERNO', null, 1),
    entry('other', null, 'SERVIZI', null, 2),
    entry('one', 'A1', 'Uno', 'heading', 16),
    entry('two', 'A2', 'Due', 'heading', 40),
    entry('below', 'A2.1', 'Sotto', 'two', 7),
  );
  const placeOf = (id: string, ...rows: ImportedRow[]) => {
    const { entries } = entriesOfRows('s', edition, completeRows(edition, rows, base), base);
    const found = [...entries.values()].find(
      ({ conceptId, code }) => conceptId === conceptIdFrom(id) || code === id,
    );
    return [found?.parentId, found?.rank];
  };
  const id = (name: string): { conceptId: ConceptId } => ({ conceptId: conceptIdFrom(name) });

  test('leaves an entry where it is, and those below it', () => {
    const coded = row('A2', { code: codeFrom('A2') });
    expect(placeOf('A2', coded)).toEqual(['heading', 40]);
    expect(placeOf('A2', { ...coded, ...id('two'), key: 'two' })).toEqual(['heading', 40]);
    expect(placeOf('below', { ...coded, ...id('two'), key: 'two' })).toEqual(['two', 7]);
    expect(placeOf('heading', row('heading', { ...id('heading') }))).toEqual([null, 1]);
  });

  test('moves an entry that another code places elsewhere, and one whose parent it names', () => {
    const moved = { ...id('below'), code: codeFrom('A1.4') };
    expect(placeOf('below', row('below', moved))[0]).toBe('one');
    expect(placeOf('two', row('two', { ...id('two'), code: codeFrom('A5') }))[0]).toBe('heading');
    const named = row('A2', { code: codeFrom('A2'), parent: 'SERVIZI' });
    expect(placeOf('A2', named)[0]).toBe('other');
    expect(placeOf('A2', { ...named, parent: 'GOVERNO' })).toEqual(['heading', 40]);
  });
});

test('many entries of one path are as quickly known as others', () => {
  const edition = editionOf(depths(undefined, undefined));
  const others = Array.from({ length: 200_000 }, (_, i) => entry(`other ${i}`, null, 'Altri', null, i));
  const all = [...others, entry('one', null, 'Uno', null, others.length)];
  const base = new Map(all.map((each) => [each.conceptId, each]));
  const [first, ...kept] = completeRows(edition, [byPath('Uno')], base);
  expect(first).toMatchObject({ conceptId: 'one', key: 'Uno' });
  expect(kept).toHaveLength(others.length);
});
