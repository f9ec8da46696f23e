import { expect, test } from 'vitest';
import { conceptNumber } from '../testing/map-history.ts';
import { replacementOf } from './replacement.ts';

const successor = (n: number, code: string) => ({
  conceptId: conceptNumber(n),
  code,
  title: null,
  externalId: null,
});

test('one successor is named, several are a choice, none is nobody’s guess', () => {
  const [one, two] = [successor(1, 'A1.1'), successor(2, 'A1.2')];
  expect(replacementOf([one], true)).toEqual({
    is: 'one',
    successors: [one],
    advice: { it: 'Usare A1.1.', en: 'Use A1.1.' },
  });
  expect(replacementOf([one, two], true)).toMatchObject({
    is: 'choice',
    successors: [one, two],
    advice: { it: expect.stringContaining('A1.1, A1.2') as string },
  });
  expect(replacementOf([], true)).toMatchObject({ is: 'none', successors: [] });
});

test('before the successions are fetched nothing is said of them', () => {
  expect(replacementOf([successor(1, 'A1.1')], false)).toMatchObject({ is: 'not-known', successors: [] });
});
