import { expect, test } from 'vitest';
import { demoEdits, following, type DemoEntry } from './demo-edits.ts';

const entry = (code: string): DemoEntry => ({
  conceptId: `id of ${code}`,
  code,
  titles: { it: { official: code } },
});

test('a chain gives the freed code to a new activity', () => {
  const branches = {
    retitled: entry('A1'),
    chain: [entry('A1.1.3'), entry('A1.1.9')],
    renewed: [entry('B1'), entry('B2')],
  };
  expect(demoEdits(branches, 'demo 2')).toMatchObject([
    { op: 'change', titles: { it: { official: 'A1 (demo 2)' } } },
    { op: 'change', entry: 'id of A1.1.9', code: 'A1.1.10' },
    { op: 'change', entry: 'id of A1.1.3', code: 'A1.1.9' },
    { op: 'create', code: 'A1.1.3' },
    { op: 'retire', entry: 'id of B2', successors: ['id of B1'] },
    { op: 'create', code: 'B3' },
  ]);
});

test('a map with too few siblings says what to do', () => {
  const branches = { retitled: entry('A1'), chain: [entry('A1.1')], renewed: [] };
  expect(() => demoEdits(branches, 'demo 2')).toThrow('npm start -- --fresh');
});

test.each([
  ['A1.1.9', 'A1.1.10'],
  ['A1.1.0', 'A1.1.1'],
])('after %s comes %s', (code, next) => {
  expect(following(code)).toBe(next);
});
