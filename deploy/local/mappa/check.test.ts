import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { workbookOf, rowsOf } from '../../../apps/catalog/src/imports/testing/zip-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'mappa-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as npm does, in a small heap: whatever the file is, it must not be held whole. */
function mappa(args: string[], env: NodeJS.ProcessEnv = {}) {
  const command = ['--max-old-space-size=64', '--conditions=source', 'deploy/local/mappa.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
    env: { PATH: process.env['PATH'], INIT_CWD: folder, LANG: 'en_GB.UTF-8', ...env },
  });
  return { status, stdout, stderr };
}
const file = (name: string, content: string | Uint8Array) => writeFileSync(join(folder, name), content);
const rules = (stdout: string) => [...stdout.matchAll(/\[([a-z-]+)\]$/gm)].map(([, rule]) => rule);

describe('npm run mappa -- check', { timeout: 60_000 }, () => {
  test('a good file ends with 0, and the official document has its known warnings', () => {
    file('buono.csv', 'codice;titolo\nA1;Uno\nA1.1;Due\n');
    expect(mappa(['check', 'buono.csv'])).toMatchObject({
      status: 0,
      stdout: '2 entries read by "Rev. 2023": 0 errors, 0 warnings, 0 notes.\n',
    });
    const document = join(process.cwd(), 'data/processi-camerali/rev-2023/document.txt');
    const { stdout, ...ended } = mappa(['check', document, '--json']);
    expect(ended).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ format: 'official-text', entries: 453 });
  });

  test('a bad one ends with 1, and names every problem with its place, in Italian or English', () => {
    file('cattivo.csv', 'codice;titolo;padre\nA1;Uno;\na1;Altro;\nA1;Terzo;\nA1.1.1;Orfano;\n;;\n');
    const english = mappa(['check', 'cattivo.csv']);
    expect(english.status).toBe(1);
    expect(english.stdout).toContain(
      'cattivo.csv:5: error: A1.1.1 has no parent: A1.1 is not in the file. [parent-missing]',
    );
    expect(rules(english.stdout)).toEqual(
      expect.arrayContaining(['code-duplicate', 'code-form', 'code-look-alike', 'parent-missing']),
    );
    const italian = mappa(['check', 'cattivo.csv'], { LANG: 'it_IT.UTF-8' });
    expect(italian.stdout).toContain('errore: A1.1.1: La voce superiore non è nella mappa. [parent-missing]');
  });

  test('a cycle by parent column is found', () => {
    file('ciclo.csv', 'codice;titolo;padre\nA1;Uno;A1.1\nA1.1;Due;A1\n');
    expect(rules(mappa(['check', 'ciclo.csv']).stdout)).toContain('too-deep');
  });

  test('a file of another kind gets advice, and one that is not there ends with 2', () => {
    file('mappa.pdf', '%PDF-1.7');
    expect(mappa(['check', 'mappa.pdf'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('XLSX, CSV or DOCX'),
    });
    expect(mappa(['check', 'nulla.csv'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('ENOENT'),
    });
    expect(mappa(['check', 'mappa.pdf', '--colour'])).toMatchObject({ status: 2 });
    expect(mappa(['sing'])).toMatchObject({ status: 2, stderr: expect.stringContaining('check FILE') });
  });

  test('a file that would fill the memory does not', async () => {
    file('largo.csv', `codice;titolo\nA1;"${'x'.repeat(150_000_000)}\n`);
    expect(rules(mappa(['check', 'largo.csv']).stdout)).toEqual(['row-too-long']);
    file('bomba.xlsx', await workbookOf(rowsOf(['codice', 'titolo']) + ' '.repeat(150_000_000)));
    expect(rules(mappa(['check', 'bomba.xlsx']).stdout)).toEqual(['zip-bomb']);
  });
});
