import { codeFrom, conceptIdFrom, type Code, type Entry } from '#taxonomy';
import { inWords } from '#words';
import { expect, test } from 'vitest';
import { aboutConflicts } from '../matching/about-conflicts.ts';
import { refuseUnresolved } from './refuse-conflicts.ts';

const entry = (n: number, code: Code | null): Entry => ({
  conceptId: conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`),
  code,
  parentId: null,
  rank: n,
  titles: { it: { official: 'Cani' } },
  notes: {},
  attributes: {},
});
const [heading, coded, created] = [entry(1, null), entry(2, codeFrom('A1')), entry(3, codeFrom('B1'))];
const mapOf = (...entries: Entry[]) => new Map(entries.map((each) => [each.conceptId, each]));
const conflicts = [heading, coded, created].map(({ conceptId }) => ({
  conceptId,
  field: 'titles.it',
  before: null,
  mine: { official: 'Uno' },
  theirs: { official: 'Due' },
}));

test('a conflict tells the code of its entry beside it, and of one without a code none', () => {
  const { problems } = refuseUnresolved(conflicts, [mapOf(heading, coded), mapOf(created)]);
  expect(problems.map(({ code }) => code)).toEqual([undefined, 'A1', 'B1']);
});

test('so does what is told to whoever sent a file, which names every entry, also one that is new', () => {
  const maps = { before: mapOf(heading, coded), now: mapOf(), head: 2 };
  const told = aboutConflicts({ entries: [created], conflicts }, maps, 'draft');
  expect(told.map(({ code }) => code)).toEqual([undefined, 'A1', 'B1']);
  expect(told.map(({ message }) => inWords(message, 'en').split(':')[0])).toEqual(['Cani', 'A1', 'B1']);
});
