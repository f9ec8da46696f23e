import { describe, expect, test } from 'vitest';
import { needlessRepeats, violationsOf, writtenTo, type HeldRecord, type MapEntry } from './check.ts';

const map: MapEntry[] = [
  { conceptId: 'a', code: 'A1', parentCode: 'A', title: 'Uno' },
  { conceptId: 'b', code: 'A1.1', parentCode: 'A1', title: null },
];
const record = (id: string, more: Partial<HeldRecord> = {}): HeldRecord => ({
  id,
  key: id,
  code: 'A1',
  title: 'Uno',
  parentId: null,
  active: true,
  ...more,
});
const second = record('b', {
  code: 'A1.1',
  title: '[titolo mancante nel documento]',
  parentId: 'a',
});

describe('a target', () => {
  test('that holds the map has no violation, with old records and foreign ones besides', () => {
    const old = record('old', { key: 'a:2', code: 'A9', active: false });
    expect(violationsOf(map, [record('a'), second, old, record('x', { key: null })], null)).toEqual([]);
  });

  test.each([
    ['missing: A1.1 is not in use', [record('a')]],
    ['missing: A1.1 is not in use', [record('a'), { ...second, active: false }]],
    ['twice: A1.1 is in use 2 times', [record('a'), second, { ...second, id: 'c', key: 'b:2' }]],
    ['twice: a is there 2 times', [record('a'), second, record('c', { key: 'a', active: false })]],
    ['wrong: A1 carries the code A2', [record('a', { code: 'A2' }), second]],
    ['wrong: A1 is called "Due"', [record('a', { title: 'Due' }), second]],
    ['wrong: A1.1 stands below null, not A1', [record('a'), { ...second, parentId: null }]],
    ['wrong: A7 is in use, and is not in the map', [record('a'), second, record('z', { code: 'A7' })]],
  ])('%s', (violation, records) => {
    expect(violationsOf(map, records, null)).toEqual([violation]);
  });
});

test('a write that is repeated is excused by what happened when its answer was due, and by nothing else', () => {
  const journal = [
    { at: 1_000, record: 'r1', key: 'a', what: 'created' },
    { at: 9_000, record: 'r1', key: 'a', what: 'repeated' },
    { at: 90_000, record: 'r1', key: 'a', what: 'changed' },
  ];
  const kill = { from: 1_500, to: 2_000, server: null };
  expect(needlessRepeats(journal, [kill], 1_000)).toEqual([]);
  const later = { from: 5_000, to: 6_000, server: null };
  expect(needlessRepeats(journal, [later], 1_000)).toHaveLength(1);
  expect(needlessRepeats(journal, [], 1_000)).toEqual([
    'repeated: a was written again after 8000 ms, and nothing had happened',
  ]);
});

test('targets that share a server are told apart: what is written to one excuses and blames no other', () => {
  const journal = [
    { at: 1_000, record: 'r1', key: 'a', what: 'created' },
    { at: 60_000, record: 'r2', key: 'a', what: 'created' },
    { at: 61_000, record: 'r1', key: 'a', what: 'repeated' },
  ];
  const kill = { from: 60_500, to: 60_600, server: null };
  expect(needlessRepeats(journal, [kill], 1_000)).toEqual([]);
  const [one, other] = [writtenTo([{ id: 'r1' }], journal), writtenTo([{ id: 'r2' }], journal)];
  expect(needlessRepeats(one, [kill], 1_000)).toHaveLength(1);
  expect(needlessRepeats(other, [kill], 1_000)).toEqual([]);
});
