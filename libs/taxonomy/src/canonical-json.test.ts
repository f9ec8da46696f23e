import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

test('plain data is written as RFC 8785 says, to the letter', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value));
    }),
  );
});

test('keys that are numbers stand in order of text, as all others', () => {
  expect(canonicalJson({ 9: 'a', 10: 'b', '!': 'c', é: undefined })).toBe('{"!":"c","10":"b","9":"a"}');
});

test.each(['\ud800', Number.NaN, Number.POSITIVE_INFINITY])('what JSON cannot hold is refused', (value) => {
  expect(() => canonicalJson({ value })).toThrow('no canonical JSON');
});
