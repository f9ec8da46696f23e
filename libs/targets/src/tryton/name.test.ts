import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeCode, escapeName, readName } from './name.ts';

const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom(' ', '/', '\\', '%', '2', 'F', '5', 'C', '\n', ' ', 'è', ' / '),
    fc.string({ unit: 'grapheme', maxLength: 1 }),
  ),
});

test('a name can be read back, whatever the text', () => {
  fc.assert(fc.property(texts, (text) => readName(escapeName(text)) === text));
  fc.assert(fc.property(texts, (text) => readName(escapeCode(text)) === text));
});

test('nothing is left in a name that Tryton refuses or takes away', () => {
  fc.assert(
    fc.property(texts, texts, (code, title) => {
      const name = `${escapeCode(code)} ${escapeName(title)} [mappa:k]`;
      expect(name).not.toMatch(/[\t\n\r\v\f\\]| \/ /);
      expect(escapeName(title)).toBe(escapeName(title).trim());
      expect(escapeCode(code)).not.toContain(' ');
    }),
  );
});

test('what Tryton takes stays as people know it', () => {
  const title = 'Registro imprese/REA: 100 % «così», 3/4';
  expect(escapeName(title)).toBe(title);
  expect(escapeName('imprese / REA \\ albi')).toBe('imprese %2F REA %5C albi');
});
