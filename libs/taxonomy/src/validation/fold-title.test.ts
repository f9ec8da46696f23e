import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldPrint, foldTitle } from './fold-title.ts';

const title = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'A',
        'à',
        'À',
        'a\u0300',
        'ß',
        'ẞ',
        'İ',
        'ĳ',
        'Σ',
        'ς',
        ' ',
        '-',
        '’',
        '1',
        '½',
        '\u{1d400}',
      ),
      fc.integer({ min: 0, max: 0x250 }).map((code) => String.fromCharCode(code)),
    ),
  )
  .map((signs) => signs.join(''));

test('titles that read alike have one print, in whatever signs they are written', () => {
  fc.assert(
    fc.property(title, (written) => {
      const print = foldPrint(written);
      // A sign beyond the western ones makes it fold the whole title.
      expect(foldPrint(`${written}\u2019`)).toBe(print);
      expect(foldPrint(written.normalize('NFD'))).toBe(print);
      expect(foldPrint(foldTitle(written))).toBe(foldPrint(foldTitle(written).normalize('NFC')));
      if (!/[İΣς]/.test(written)) expect(foldPrint(foldTitle(written))).toBe(print);
    }),
  );
});

test('titles that read differently mostly have different ones', () => {
  expect(new Set(['Uno', 'Due', 'Tre', 'Ore', 'Ero'].map(foldPrint)).size).toBe(5);
});
