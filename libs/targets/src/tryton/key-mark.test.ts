import { expect, test } from 'vitest';
import { keyIn, likeMark, marked } from './key-mark.ts';

test('a key is put beside what people wrote, once, and found again', () => {
  const once = marked('Chiamare Anna', 'k1:2');
  expect(once).toBe('Chiamare Anna\n[mappa:k1:2]');
  expect(marked(once, 'k1:2')).toBe(once);
  expect(keyIn(`${once} e poi Bruno`)).toBe('k1:2');
  expect(marked(once, 'k2')).toBe('Chiamare Anna\n[mappa:k2]');
});

test('a text without our mark has no key, and wildcards of a key are none in a search', () => {
  expect(keyIn('[altro:k1]')).toBeNull();
  expect(likeMark('a_b%')).toBe(String.raw`%[mappa:a\_b\%]%`);
});
