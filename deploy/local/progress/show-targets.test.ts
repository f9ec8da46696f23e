import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllEnvs());

test.each([
  ['it_IT.UTF-8', 'allineato'],
  ['en_GB.UTF-8', 'in-step'],
])('in %s a target in step is %s', async (locale, said) => {
  vi.stubEnv('LC_ALL', locale);
  vi.resetModules();
  const { targetTable } = await import('./show-targets.ts');
  const target = { id: 'crm', kind: 'crm', driver: 'd', address: 'http://c', state: 'in-step' as const };
  expect(targetTable([{ ...target, items: 449, stuck: 0 }])[1]).toMatch(new RegExp(`^crm +${said} +449`));
});
