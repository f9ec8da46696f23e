import { expect, test } from 'vitest';
import type { AttributeDefinition } from '../attribute.ts';
import { checkHashedAttributes } from './check-hashed-attributes.ts';

const usable = (inHash: boolean): AttributeDefinition[] => [
  { name: 'usable', type: 'boolean', inHash, synced: inHash },
];
const having = [{ attributes: { usable: true } }];
const rulesOf = (...of: Parameters<typeof checkHashedAttributes>) =>
  checkHashedAttributes(...of).map(({ key }) => key);

test('an attribute that untouched entries have neither leaves the hash nor enters it', () => {
  expect(rulesOf(usable(true), usable(false), having)).toEqual(['attribute-hash-changed:usable']);
  expect(rulesOf(usable(false), usable(true), having)).toEqual(['attribute-hash-changed:usable']);
  expect(rulesOf(undefined, usable(false), having)).toEqual(['attribute-hash-changed:usable']);
});

test('what nobody has may change, and what stays as it is is no finding', () => {
  expect(rulesOf(usable(true), usable(false), [{ attributes: {} }])).toEqual([]);
  expect(rulesOf(undefined, usable(true), having)).toEqual([]);
  expect(rulesOf(usable(false), usable(false), having)).toEqual([]);
});
