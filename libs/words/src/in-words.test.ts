import { expect, test } from 'vitest';
import { inWords } from './in-words.ts';
import { languageOf } from './language.ts';
import { eitherOf, say } from './sentence.ts';
import { spoken } from './spoken.ts';

const code = 'A1';
const repeated = say`${code} stands already on line ${2}, with another title.`;

test('a sentence says the same facts in both languages', () => {
  expect(inWords(repeated, 'en')).toBe('A1 stands already on line 2, with another title.');
  expect(inWords(repeated, 'it')).toBe('A1 è già alla riga 2, con un altro titolo.');
});

test('a value may be a sentence, and what looks like a place in a value is left alone', () => {
  const nested = say`The correction of ${'{1}'} does not apply: ${say`the document has this code`}.`;
  expect(inWords(nested, 'it')).toBe('La correzione di {1} non si applica: il documento ha questo codice.');
  expect(inWords(say`It must be ${eitherOf(['a', 'b', 'c'])}.`, 'it')).toBe('Deve essere a o b o c.');
});

test('a sentence that was stored is said as it was', () => {
  expect(inWords(JSON.parse(JSON.stringify(repeated)), 'it')).toBe(inWords(repeated, 'it'));
  expect(inWords('A sentence of before.', 'it')).toBe('A sentence of before.');
});

test('an answer is spoken however deep its sentences stand, and nothing else of it changes', () => {
  const at = new Date(0);
  const answer = { items: [{ message: repeated, at, line: 2, code: null }] };
  expect(spoken(answer, 'en')).toEqual({
    items: [{ message: 'A1 stands already on line 2, with another title.', at, line: 2, code: null }],
  });
});

test.each([
  [undefined, 'en'],
  ['*', 'en'],
  ['fr', 'en'],
  ['it', 'it'],
  ['it-IT,it;q=0.9,en;q=0.8', 'it'],
  ['fr, en;q=0.5, it;q=0.7', 'it'],
  ['it;q=0, en', 'en'],
  ['IT ; Q=1', 'it'],
])('Accept-Language %s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
