import { expect, test } from 'vitest';
import { fill, languageOf, textsIn } from './messages.mjs';

const places = (template: string): string[] =>
  [...template.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('both languages have the same texts with the same places', () => {
  const [english, italian] = [textsIn('en'), textsIn('it')];
  expect(Object.keys(italian)).toEqual(Object.keys(english));
  for (const [key, template] of Object.entries(english)) {
    expect(places(new Map(Object.entries(italian)).get(key) ?? ''), key).toEqual(places(template));
  }
});

test.each([
  [{ LANG: 'it_IT.UTF-8' }, 'it'],
  [{ LANG: 'it' }, 'it'],
  [{ LANG: 'en_GB.UTF-8' }, 'en'],
  [{ LANG: 'it_IT.UTF-8', LC_ALL: 'C' }, 'en'],
  [{}, 'en'],
] as const)('the language of %j is %s', (env, language) => {
  expect(languageOf(env)).toBe(language);
});

test('places are filled, and an unknown one stays visible', () => {
  expect(fill('{name} on {port}, {other}', { name: 'catalog', port: 7310 })).toBe('catalog on 7310, {other}');
});
