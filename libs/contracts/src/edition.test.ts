import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { editionSchema, levelSchema, schemeSchema } from './edition.ts';

const isAccepted = (pattern: string) => levelSchema.safeParse({ depth: 1, names: {}, pattern }).success;

describe('the pattern of a level', () => {
  test.each(['[A-Z][1-9][0-9]*(\\.(0|[1-9][0-9]*)){3}', '[0-9]{2}\\.[0-9]', '[a-z-]{1,30}/[a-z-]{1,30}'])(
    '%s is accepted',
    (pattern) => expect(isAccepted(pattern)).toBe(true),
  );

  test.each(['(a+)+', '([0-9]*)*x', '(\\d{1,50}){1,50}', '[0-9]*[0-9]*[0-9]*', '(', ''])(
    '%s is refused',
    (pattern) => expect(isAccepted(pattern)).toBe(false),
  );
});

const revision2023: object = JSON.parse(
  readFileSync(new URL('../../../data/processi-camerali/rev-2023/edition.json', import.meta.url), 'utf8'),
);

test('an edition says where it comes from, and what its attributes are', () => {
  const said = {
    ...revision2023,
    legalAct: 'Delibera 1/2023',
    notes: { it: 'Prima edizione.' },
    source: { file: 'map.xlsx', format: 'xlsx', language: 'it', sha256: 'a'.repeat(64) },
    attributes: [{ name: 'use', type: 'code-list', values: ['a', 'b'], inHash: false, synced: false }],
  };
  expect(editionSchema.parse(said)).toMatchObject({
    attributes: [{ name: 'use', inHash: false, synced: false }],
  });
  for (const wrong of [
    { name: 'use', type: 'code-list' },
    { name: 'use', type: 'string', inHash: false, synced: true },
  ])
    expect(editionSchema.safeParse({ ...said, attributes: [wrong] }).success).toBe(false);
});

test('two levels with one pattern are refused, because a code would not tell of which it is', () => {
  const level = (depth: number) => ({ depth, names: { it: 'x' }, pattern: '[0-9]+', parent: 'stated' });
  const { error } = editionSchema.safeParse({ ...revision2023, levels: [level(1), level(2)] });
  expect(error?.issues).toMatchObject([
    { path: ['levels'], message: expect.stringContaining('one pattern') },
  ]);
});

test('levels with a gap, out of order or without a name are refused, each where it is', () => {
  const level = (depth: number, names: object = { it: 'x' }) => ({ depth, names });
  const wrong = (...levels: object[]) =>
    editionSchema.safeParse({ ...revision2023, levels }).error?.issues.map(({ path }) => path.join('.'));
  expect(wrong(level(1), level(2))).toBeUndefined();
  expect(wrong(level(1), level(3, {}), level(4))).toEqual(['levels.1.names', 'levels.1.depth']);
  expect(wrong(level(2), level(1))).toEqual(['levels.0.depth', 'levels.1.depth']);
  expect(wrong(level(1), level(1))).toEqual(['levels.1.depth']);
});

test('what cannot be stored is refused wherever an edition has a text, each where it is', () => {
  const text = 'a\0';
  const { error } = editionSchema.safeParse({
    ...revision2023,
    label: text,
    titles: { it: 'b\ud800' },
    publisher: text,
    source: { file: text, format: 'csv', language: 'it', link: 'http://a.example/\0' },
    levels: [{ depth: 1, names: { it: text } }],
    attributes: [{ name: text, type: 'code-list', values: [text] }],
  });
  const refused = error?.issues.filter(({ message }) => message.includes('cannot be stored'));
  expect(refused?.map(({ path }) => path.join('.'))).toEqual([
    'label',
    'titles.it',
    'publisher',
    'source.file',
    'source.link',
    'levels.0.names.it',
    'attributes.0.name',
    'attributes.0.values.0',
  ]);
});

test('a scheme has a title in one of its languages', () => {
  const said = (titles: object) =>
    schemeSchema.safeParse({ id: 'prodotti', titles, languages: ['it', 'en'] });
  expect(said({ it: 'Prodotti', fr: 'Produits' }).success).toBe(true);
  expect(said({ fr: 'Produits' }).error?.issues).toMatchObject([{ path: ['titles'] }]);
  expect(said({}).success).toBe(false);
});
