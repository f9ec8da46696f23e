import { expect, test } from 'vitest';
import { networkReason } from './network-words.ts';

const failed = (message: string, fields: object): Error => Object.assign(new Error(message), fields);
const refused = failed('connect ECONNREFUSED 127.0.0.1:7999', {
  code: 'ECONNREFUSED',
  address: '127.0.0.1',
  port: 7999,
});

test.each([
  [refused, 'nobody listens at 127.0.0.1:7999'],
  [
    new AggregateError([failed('x', { code: 'ECONNREFUSED', address: '::1', port: 80 }), refused]),
    'nobody listens at [::1]:80',
  ],
  [
    failed('getaddrinfo ENOTFOUND nowhere.it', { code: 'ENOTFOUND', hostname: 'nowhere.it' }),
    'no host has the name nowhere.it',
  ],
  [
    failed('other side closed', { code: 'UND_ERR_SOCKET' }),
    'the other side closed the connection before it had answered',
  ],
  [
    failed('self-signed certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    'the server signed its certificate itself, and the connector was not told to trust it',
  ],
  [failed('unsupported certificate purpose', { code: 'INVALID_PURPOSE' }), 'unsupported certificate purpose'],
  [new AggregateError([new Error('one'), new Error('two')]), 'one; two'],
  ['odd', 'odd'],
])('a failure of the network is told in plain words, where it is a usual one', (error, words) => {
  expect(networkReason(error)).toBe(words);
});
