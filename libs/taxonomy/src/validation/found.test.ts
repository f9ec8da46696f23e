import { expect, test } from 'vitest';
import { say } from '#words';
import { codeFrom, conceptIdFrom, type Entry } from '../entry.ts';
import { found } from './found.ts';

const entry: Entry = {
  conceptId: conceptIdFrom('00000000-0000-4000-8000-000000000001'),
  code: null,
  parentId: null,
  rank: 1,
  titles: { it: { official: 'Cani' } },
  notes: {},
  attributes: {},
};

test('a finding has the code of its entry beside it, never a title in its place', () => {
  expect(found('title-missing', entry, say`x`)).not.toHaveProperty('code');
  expect(found('title-missing', { ...entry, code: codeFrom('A1') }, say`x`)).toMatchObject({ code: 'A1' });
});
