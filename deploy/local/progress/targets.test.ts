import { expect, test } from 'vitest';
import { table } from './table.ts';
import { allInStep } from './targets.ts';
import type { Target } from './targets.ts';

const target = (state: Target['state'], applied: number | null): Target => ({
  id: 'demo-crm',
  kind: 'crm',
  driver: 'crm-sobject',
  address: 'http://127.0.0.1:7330/crm',
  state,
  applied,
  items: 449,
  stuck: 0,
});

test('targets are in step when each of them holds a revision', () => {
  expect(allInStep([target('in-step', 1), target('in-step', 1)])).toBe(true);
  expect(allInStep([target('in-step', 1), target('behind', 1)])).toBe(false);
});

test('no target at all, or none with a revision yet, is not in step', () => {
  expect(allInStep([])).toBe(false);
  expect(allInStep([target('in-step', null), target('in-step', 0)])).toBe(false);
});

test('the columns of a table are aligned', () => {
  expect(table([['a', 'bb', 'c'], ['aaa', 'b', 'c'], []])).toEqual(['a    bb  c', 'aaa  b   c', '']);
});
