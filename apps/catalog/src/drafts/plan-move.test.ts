import { codeFrom, type CodeGrammar } from '#taxonomy';
import { expect, test } from 'vitest';
import { nextCodeBelow } from './plan-move.ts';

const level = (depth: number, pattern: string, parent: 'by-code' | 'stated' = 'by-code') => ({
  depth,
  names: {},
  pattern,
  parent,
});
const map: CodeGrammar = {
  separator: '.',
  levels: [level(1, '[A-Z][0-9]+'), level(2, '[A-Z][0-9]+\\.[0-9]+'), level(3, '[A-Z][0-9]+(\\.[0-9]+){2}')],
};
const nace: CodeGrammar = {
  separator: '',
  levels: [
    level(1, '[A-U]'),
    level(2, '\\d{2}', 'stated'),
    level(3, '\\d{2}\\.\\d'),
    level(4, '\\d{2}\\.\\d{2}'),
  ],
};
const nomenclature: CodeGrammar = { separator: '', levels: [level(1, '\\d{2}'), level(2, '\\d{4}')] };

test.each([
  ['after the last sibling', map, 'A1', ['A1.2', 'A1.10', null], 'B1.1', 'A1.11'],
  ['the first one', map, 'A1', [], 'B1.14', 'A1.1'],
  ['as siblings are written', nace, '02', ['02.1', '02.2'], '01.1', '02.3'],
  ['as the branch is written', nace, '02', [], '01.1', '02.1'],
  ['with as many digits as the edition has', nomenclature, '02', ['0201', '0209'], '0101', '0210'],
  ['with as many digits as the branch has', nomenclature, '02', [], '0105', '0201'],
  ['none where no more fit', nace, '02', ['02.9'], '01.1', null],
  ['none where the parent is stated', nace, 'A', ['01', '02'], '03', null],
])('a free code below a parent: %s', (_, grammar, parent, siblings, own, free) => {
  const codes = siblings.map((code) => (code === null ? null : codeFrom(code)));
  expect(nextCodeBelow(grammar, codeFrom(parent), codes, codeFrom(own))).toBe(free);
});
