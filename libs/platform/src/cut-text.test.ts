import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

test('what is cut is a beginning that a database keeps, whatever was said', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, longest) => {
      const cut = cutText(text, longest);
      expect(cut.length).toBeLessThanOrEqual(longest);
      expect(cut.isWellFormed() && !cut.includes('\0')).toBe(true);
      expect(text.replaceAll('\0', '').toWellFormed().startsWith(cut)).toBe(true);
    }),
  );
});

test.each([
  ['ab😀', 3, 'ab'],
  ['ab😀', 4, 'ab😀'],
  ['a\0b\ud83d', 9, 'ab\ufffd'],
])('%j cut to %i is %j', (text, longest, cut) => {
  expect(cutText(text, longest)).toBe(cut);
});
