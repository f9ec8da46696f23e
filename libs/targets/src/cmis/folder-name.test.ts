import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderName, readFolderName } from './folder-name.ts';

const title = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[/\\:"*?<>|% .a]*$/),
);
const code = fc.stringMatching(/^[A-Z]\d{1,2}(\.\d{1,2}){0,3}$/);
// oxlint-disable-next-line no-control-regex
const refused = /[\u0000-\u001F\u007F/\\:"*?<>|]|[ .]$/;

test('people can read it', () => {
  expect(folderName('A1.1', 'Perché / come: "così"', 200)).toBe('A1.1 Perché %2F come%3A %22così%22');
  expect(folderName('A1.1', 'Finisce.', 200)).toBe('A1.1 Finisce%2E');
  expect(folderName('A1.1', '', 200)).toBe('A1.1');
  expect(folderName('A1.1', 'Una lunga storia / fine', 20)).toBe('A1.1 Una lunga stor…');
});

test('a name holds nothing that a server refuses, begins with the code and is not too long', () => {
  fc.assert(
    fc.property(code, title, fc.integer({ min: 40, max: 300 }), (one, other, longest) => {
      const name = folderName(one, other, longest);
      expect(name).not.toMatch(refused);
      expect(name.startsWith(one)).toBe(true);
      expect(name.length).toBeLessThanOrEqual(longest);
      expect(name.isWellFormed() || !other.isWellFormed()).toBe(true);
    }),
  );
});

test('code and title come back from a name that was not cut, and their beginning from one that was', () => {
  fc.assert(
    fc.property(code, title, (one, other) => {
      const text = `${one} ${other}`.trim();
      expect(readFolderName(folderName(one, other, 10_000))).toBe(text);
      const cut = folderName(one, other, 40);
      if (cut.endsWith('…') && cut.length <= 40) expect(text).toContain(readFolderName(cut.slice(0, -1)));
    }),
  );
});

test('different codes never give one name', () => {
  fc.assert(
    fc.property(code, code, title, title, (one, other, first, second) => {
      fc.pre(one !== other);
      expect(folderName(one, first, 40)).not.toBe(folderName(other, second, 40));
    }),
  );
});
