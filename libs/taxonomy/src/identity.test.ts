import { expect, test } from 'vitest';
import { conceptIdOf, uuidV5 } from './identity.ts';

test('a name in a namespace has the UUIDv5 that RFC 9562 gives', () => {
  const dns = Buffer.from('6ba7b8109dad11d180b400c04fd430c8', 'hex');
  expect(uuidV5(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('one code of one edition has one identity, whoever computes it', () => {
  expect(conceptIdOf('processi-camerali', 'Rev. 2023', 'à1')).toBe('48320885-658c-5bde-91b1-3262ff60553d');
});
