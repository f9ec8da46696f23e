import { expect, test } from 'vitest';
import { Credentials, credentialsOf } from './credentials.ts';

test('the latest that were sent are known, and not more than a few', () => {
  const credentials = new Credentials();
  credentials.note();
  expect(credentials.all).toEqual([]);
  for (let day = 0; day < 1000; day++) credentials.note(`Bearer token-${day}`);
  credentials.note('Bearer token-999');
  expect(credentials.all).toHaveLength(64);
  expect(credentials.all.at(-1)).toBe('token-999');
});

test('what follows the scheme proves who we are', () => {
  expect(credentialsOf('Basic dTpw')).toBe('dTpw');
  expect(credentialsOf()).toBe('');
});
