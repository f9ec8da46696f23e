import fc from 'fast-check';
import { expect, test } from 'vitest';
import { creation, update } from '../conformance/sample.ts';
import { belowAddress } from './query.ts';
import { renderRecord, soqlText } from './render.ts';
import { crmSettings } from './settings.ts';

test('a record carries the fields that the settings name, and its Id once there is one', () => {
  const settings = crmSettings.parse({ object: 'Voce__c', fields: { title: 'Titolo__c' } });
  const step = creation('A1.1', { key: 'k', title: 'Pianificazione', parent: 'a01' });
  expect(renderRecord(step, settings)).toEqual({
    attributes: { type: 'Voce__c' },
    Mappa_Id__c: 'k',
    Name: 'A1.1',
    Titolo__c: 'Pianificazione',
    Level__c: 3,
    Active__c: true,
    Valid_To__c: null,
    Parent__c: 'a01',
  });
  expect(renderRecord(update(step, 'a02'), settings)).toHaveProperty('Id', 'a02');
});

test('no text leaves its SOQL literal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^['\\a]*$/)), (text) => {
      const literal = soqlText(text);
      expect(literal).toMatch(/^'(?:[^'\\]|\\['\\])*'$/s);
      expect(literal.slice(1, -1).replaceAll(/\\(.)/gs, '$1')).toBe(text);
    }),
  );
});

test('field names cannot carry SOQL', () => {
  expect(crmSettings.safeParse({ object: 'Account WHERE' }).success).toBe(false);
  expect(crmSettings.safeParse({ fields: { title: "x' OR" } }).success).toBe(false);
});

test.each([
  '/services/data/v60.0/query/01g-2000',
  '/crm/services/data/v60.0/query/01g-2000',
  'https://other.example/crm/services/data/v60.0/query/01g-2000',
])('the next page %s is asked for below our address', (url) => {
  expect(belowAddress(url)).toBe('/services/data/v60.0/query/01g-2000');
});

test('a next page elsewhere is not followed', () => {
  expect(() => belowAddress('https://other.example/steal')).toThrow('no address of the API');
});
