import { conceptIdFrom, type Entry } from '#taxonomy';
import { inWords } from '#words';
import { expect, test } from 'vitest';
import { codesIn, conflictInWords } from './conflict-in-words.ts';

test('entries that have no code are called by their titles', () => {
  const entry = (n: number, title: string, parentId: Entry['parentId'] = null): Entry => ({
    conceptId: conceptIdFrom(`00000000-0000-4000-8000-00000000000${n}`),
    code: null,
    parentId,
    rank: n,
    titles: { it: { official: title } },
    notes: {},
    attributes: {},
  });
  const [cats, dogs] = [entry(1, 'Gatti'), entry(2, 'Cani')];
  const names = codesIn(new Map([cats, dogs].map((each) => [each.conceptId, each])));
  const { conceptId } = dogs;
  const said = (conflict: object) =>
    inWords(
      conflictInWords(
        { conceptId, field: 'entry', before: dogs, mine: null, theirs: null, ...conflict },
        names,
      ),
      'en',
    );
  expect(said({ field: 'parent', mine: cats.conceptId, theirs: null })).toContain('Gatti');
  expect(said({ field: 'titles.it', mine: { official: 'Uno' }, theirs: null })).toBe(
    'Cani, the title (it): the draft says "Uno", the map says nothing.',
  );
  expect(said({ mine: { retired: true }, theirs: { ...dogs, parentId: cats.conceptId } })).toMatch(
    /^Cani: .*Gatti/,
  );
  expect(
    said({ mine: { ...dogs, titles: {} }, theirs: { retired: true, successors: [cats.conceptId] } }),
  ).toContain('its place was taken by Gatti');
});
