import { codeFrom, conceptIdFrom, type Entry, type Note, type Title } from '#taxonomy';
import { expect, test } from 'vitest';
import { keepUnmentioned } from './keep-unmentioned.ts';

const entry = (titles: Record<string, Title>, notes: Record<string, Note> = {}): Entry => ({
  conceptId: conceptIdFrom('00000000-0000-4000-8000-000000000001'),
  code: codeFrom('A1'),
  parentId: null,
  rank: 16,
  titles,
  notes,
  attributes: {},
});
const speaksOf = (titles: string[], notes: string[] = []) => ({
  titles: new Set(titles),
  notes: new Set(notes),
  attributes: new Set<string>(),
});

test('a short title stays where the file has official ones alone, and in languages that it does not have', () => {
  const before = entry({ it: { official: 'Vecchio', short: 'V.' }, en: { official: 'Old' } });
  expect(
    keepUnmentioned(entry({ it: { official: 'Nuovo' } }), before, speaksOf(['it official'])).titles,
  ).toEqual({
    it: { official: 'Nuovo', short: 'V.' },
    en: { official: 'Old' },
  });
});

test('a short title ends where the file has short ones, and all of a language where the row has no official one', () => {
  const before = entry({ it: { official: 'Vecchio', short: 'V.' }, en: { official: 'Old', short: 'O.' } });
  const stated = speaksOf(['it official', 'it short', 'en official']);
  expect(keepUnmentioned(entry({ it: { official: 'Nuovo' } }), before, stated).titles).toEqual({
    it: { official: 'Nuovo' },
  });
});

test('notes stay kind by kind, with or without others in the row', () => {
  const before = entry({}, { it: { includes: 'a', excludes: 'b' }, en: { guidance: 'c' } });
  const stated = speaksOf([], ['it includes']);
  expect(keepUnmentioned(entry({}, { it: { includes: 'd' } }), before, stated).notes).toEqual({
    it: { includes: 'd', excludes: 'b' },
    en: { guidance: 'c' },
  });
  expect(keepUnmentioned(entry({}), before, stated).notes).toEqual({
    it: { excludes: 'b' },
    en: { guidance: 'c' },
  });
});
