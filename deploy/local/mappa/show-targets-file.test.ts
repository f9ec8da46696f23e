import { expect, it } from 'vitest';
import { showChanges, showProblems } from './show-targets-file.ts';

it('the difference of a targets file is one line a change, with its fields, and a sum', () => {
  const changes = [
    { what: 'target', id: 'a-crm', is: 'created', fields: [{ field: 'system', before: null, after: 'crm' }] },
    { what: 'profile', id: 'hr', is: 'changed', fields: [{ field: 'offsetDays', before: 0, after: -60 }] },
    { what: 'target', id: 'b-crm', is: 'unlisted', fields: [] },
  ] as const;
  const answer = {
    applied: false,
    changes: changes.map((change) => ({ ...change, fields: [...change.fields] })),
    warnings: [],
  };
  expect(showChanges(answer, 'en')).toEqual([
    '+ target a-crm',
    '~ profile hr',
    '    offsetDays: 0 → -60',
    '- target b-crm (no longer listed; its records stay)',
    'To be applied: created 1, changed 1, unlisted 1.',
  ]);
  expect(showChanges({ ...answer, applied: true }, 'it').at(-1)).toBe(
    'Applicato: nuovi 1, variati 1, tolti dal file 1.',
  );
  expect(showChanges({ applied: true, changes: [], warnings: [] }, 'en')).toEqual(['Nothing changes.']);
  const warnings = [{ path: 'targets[9].scheme', id: 'x2', message: 'Nessuno la conosce' }];
  expect(showChanges({ applied: true, changes: [], warnings }, 'it')).toEqual([
    'Nessuna variazione.',
    'Attenzione:',
    '  targets "x2" (n. 10): scheme: Nessuno la conosce',
  ]);
});

it('a refused file shows every problem with its place, by id and counted from 1', () => {
  const problems = [
    { path: 'targets[3].system', id: 'x1', message: 'There is no system "x"' },
    { path: 'targets[4]', message: 'It must be an object with fields.' },
    { path: 'foo', message: 'It is not known here' },
    { message: 'It is not JSON' },
  ];
  expect(showProblems({ title: 'The targets file cannot be used', problems }, 'en')).toEqual([
    'The targets file cannot be used',
    '  targets "x1" (no. 4): system: There is no system "x"',
    '  targets, no. 5: It must be an object with fields.',
    '  foo: It is not known here',
    '  It is not JSON',
  ]);
});
