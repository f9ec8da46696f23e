import { expect, it } from 'vitest';
import { lastCommon } from './repair.ts';

const ours = [1, 2, 3].map((number) => ({ number, contentHash: `h${number}` }));
const theirs = (...hashes: string[]) => hashes.map((contentHash, i) => ({ revision: i + 1, contentHash }));

it('two histories are the same up to the last revision with an equal hash', () => {
  expect(lastCommon(ours, theirs('h1', 'h2', 'h3', 'h4'))).toBe(3);
  expect(lastCommon(ours, theirs('h1', 'x2', 'h3'))).toBe(1);
  expect(lastCommon(ours, theirs('h1', 'h2'))).toBe(2);
  expect(lastCommon(ours, theirs('x1'))).toBe(0);
  expect(lastCommon([], theirs('h1'))).toBe(0);
});
