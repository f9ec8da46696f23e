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
  expect(showChanges({ applied: true, changes: [] }, 'en')).toEqual(['Nothing changes.']);
});

it('a refused file shows every problem with its place', () => {
  const problems = [
    { path: 'targets[3].system', message: 'There is no system "x"' },
    { message: 'It is not JSON' },
  ];
  expect(showProblems({ title: 'The targets file cannot be used', problems })).toEqual([
    'The targets file cannot be used',
    '  targets[3].system: There is no system "x"',
    '  It is not JSON',
  ]);
});
