import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSalesforceId, toSalesforceId } from './salesforce-id.ts';

test('an id has the check characters that Salesforce gives', () => {
  expect(readSalesforceId('a00', 'a00Mp0000000001')).toBe('a00Mp0000000001IAA');
  expect(readSalesforceId('a00', 'a00Mp0000000001AAA')).toBeNull();
  expect(readSalesforceId('a00', '001Mp0000000001')).toBeNull();
});

test('ids in 15 and in 18 characters are the same record, and no two records share one', () => {
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (a, b) => {
      const id = toSalesforceId('a00', a);
      expect(readSalesforceId('a00', id)).toBe(id);
      expect(readSalesforceId('a00', id.slice(0, 15))).toBe(id);
      expect(toSalesforceId('a00', b).toLowerCase() === id.toLowerCase()).toBe(a === b);
    }),
  );
});
