import { expect, test } from 'vitest';
import { demoCases } from './demo-cases.ts';

test('every process has one to three cases, the same each time', () => {
  const processes = Array.from({ length: 300 }, (_, n) => ({ id: `a${n}`, title: `Titolo ${n}` }));
  const cases = demoCases(processes);
  expect(cases).toHaveLength(600);
  expect(cases.slice(0, 3)).toMatchObject([
    { Activity__c: 'a0', Subject: 'Richiesta di informazioni: Titolo 0' },
    { Activity__c: 'a1' },
    { Activity__c: 'a1' },
  ]);
  expect(demoCases(processes)).toEqual(cases);
});

test('a long title is cut where the CRM would refuse it', () => {
  const [first] = demoCases([{ id: 'a', title: 'x'.repeat(500) }]);
  expect(JSON.stringify(first).length).toBeLessThan(400);
});
