import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { showRevision } from './show-revision.ts';

test('what the demonstration changed is told in the language of the terminal', () => {
  const published = {
    revision: 2,
    edition: 'Rev. 2023 + demo 2',
    isPlanned: false,
    changes: [
      {
        kinds: ['renumbered' as const, 'retitled' as const],
        before: { code: 'A1.1.2.1' },
        after: { code: 'A1.1.2.2', titles: { it: { official: 'Budget' } } },
      },
      { kinds: ['retired' as const], before: { code: 'A2.1.2.1' }, after: null },
    ],
  };
  const told = (language: 'it' | 'en') => showRevision(published, 'http://s', language).join('\n');
  expect(told('it')).toMatch(/^La revisione 2 .* è in vigore/);
  expect(told('it')).toMatch(/codice cambiato, titolo cambiato +A1\.1\.2\.1 +-> A1\.1\.2\.2 +Budget/);
  expect(told('it')).toContain('Il connettore non ha risposto');
  expect(told('en')).toMatch(/retired +A2\.1\.2\.1 +$/m);
});

test.each(['revision', 'break', 'mend'])('demo:%s says in Italian that nothing runs', (name) => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--conditions=source', `deploy/local/demo/${name}-main.ts`],
    {
      encoding: 'utf8',
      timeout: 30_000,
      env: { PATH: process.env['PATH'], MAPPA_HOME: '/nonexistent', LANG: 'it_IT.UTF-8' },
    },
  );
  expect([status, stderr]).toEqual([2, 'Mappa non è in esecuzione qui. Avviarla con: npm start\n']);
});
