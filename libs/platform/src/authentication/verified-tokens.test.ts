import { expect, test } from 'vitest';
import { VerifiedTokens } from './verified-tokens.ts';

const anna = { id: 'anna', roles: ['editor'] } as const;
const bruno = { id: 'bruno', roles: [] } as const;

test('a verified token is known again, and another one is not', () => {
  const tokens = new VerifiedTokens();
  tokens.keep('a', anna, 100_000, 0);
  tokens.keep('b', bruno, 100_000, 0);
  expect(['a', 'b', 'c'].map((token) => tokens.find(token, 1)?.id)).toEqual(['anna', 'bruno', undefined]);
});

test('a token is not believed from the instant that it expires', () => {
  const tokens = new VerifiedTokens();
  tokens.keep('a', anna, 5_000, 0);
  expect(tokens.find('a', 4_999)).toEqual(anna);
  expect(tokens.find('a', 5_000)).toBeUndefined();
});

test('after a minute the signature is computed again, however long the token is valid', () => {
  const tokens = new VerifiedTokens();
  tokens.keep('a', anna, 3_600_000, 0);
  expect(tokens.find('a', 59_999)).toEqual(anna);
  expect(tokens.find('a', 60_000)).toBeUndefined();
});

test('only the last thousand used are kept', () => {
  const tokens = new VerifiedTokens();
  for (let i = 0; i < 1_000; i++) tokens.keep(`t${i}`, anna, 100_000, 0);
  expect(tokens.find('t0', 1)).toEqual(anna);
  tokens.keep('one more', anna, 100_000, 1);
  expect([tokens.find('t0', 2), tokens.find('t1', 2)]).toEqual([anna, undefined]);
});
