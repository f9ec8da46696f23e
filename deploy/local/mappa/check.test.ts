import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { workbookOf, rowsOf } from '../../../apps/catalog/src/imports/testing/zip-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'mappa-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as npm does, in a small heap: whatever the file is, it must not be held whole. */
function mappa(args: string[], env: NodeJS.ProcessEnv = {}, input = '') {
  const command = ['--max-old-space-size=64', '--conditions=source', 'deploy/local/mappa.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    maxBuffer: 50_000_000,
    timeout: 60_000,
    input,
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
      'cattivo.csv:5:3: error: A1.1.1 has no parent: A1.1 is not in the file. [parent-missing]',
    );
    expect(rules(english.stdout)).toEqual(
      expect.arrayContaining(['code-duplicate', 'code-form', 'code-look-alike', 'parent-missing']),
    );
    const italian = mappa(['check', 'cattivo.csv'], { LANG: 'it_IT.UTF-8' });
    expect(italian.stdout).toContain(
      'errore: A1.1.1 non ha una voce superiore: A1.1 non è nel file. [parent-missing]',
    );
  });

  test('a row that is refused is in the file: what stands below it is no orphan', () => {
    file('campi.csv', 'codice;titolo\nA1;Uno;in più\nA1.1;Due\n');
    expect(rules(mappa(['check', 'campi.csv']).stdout)).toEqual(['row-too-long']);
  });

  test('a sign that a terminal obeys is told by its name', () => {
    file('fuga.csv', 'codice;titolo;x\u001b]0;y\u0007\nA1;Uno;;\n');
    const { stdout } = mappa(['check', 'fuga.csv']);
    expect(stdout).toContain('The column "xU+001B]0" is not known and is not read. [column-unknown]');
    expect(stdout).not.toContain('\u001b');
  });

  test('a folder, a pipe and a device are refused at once, as the file and as what it is read by', () => {
    spawnSync('mkfifo', [join(folder, 'tubo.csv')]);
    file('intero.csv', 'codice;titolo\nA1;Uno\n');
    const told = (...args: string[]) =>
      mappa(['check', ...args], { LANG: 'it_IT.UTF-8' }).stderr.split('\n')[0];
    const isNoFile = 'non è un file su disco, ma una pipe o un dispositivo.';
    expect(told('tubo.csv')).toContain(`tubo.csv ${isNoFile}`);
    expect(told('/dev/zero', '--format', 'csv')).toContain(`/dev/zero ${isNoFile}`);
    expect(told('.', '--format', 'csv')).toBe('. è una cartella, non un file.');
    for (const option of ['--base', '--edition'])
      expect(told('intero.csv', option, 'tubo.csv')).toContain(`tubo.csv ${isNoFile}`);
  });

  test('what comes through a pipe of the shell is read', () => {
    const piped = (path: string) =>
      mappa(['check', path, '--format', 'csv'], {}, 'codice;titolo\nA1;Uno\n;\nA1;Due\n');
    expect(rules(piped('/dev/stdin').stdout)).toEqual(['code-duplicate']);
    const check = `'${process.execPath}' --conditions=source deploy/local/mappa.ts check --format csv`;
    const shell = (command: string) =>
      spawnSync('sh', ['-c', command], { encoding: 'utf8', timeout: 60_000 });
    expect(shell(`printf 'codice;titolo\\nA1;Uno\\n' | ${check} /dev/fd/0`).stdout).toMatch(/^1 /);
    // The end of a pipe that is written to.
    expect(shell(`${check} /dev/fd/1 | cat`).stderr).toMatch(
      /^\/dev\/fd\/1 cannot be read. The system says: /,
    );
  });

  test('a check of a pipe that is interrupted leaves no copy of it', async () => {
    const temporary = mkdtempSync(join(folder, 'tmp-'));
    const watched = watch(temporary);
    const args = ['--conditions=source', 'deploy/local/mappa.ts', 'check', '--format', 'csv', '/dev/stdin'];
    const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: temporary } });
    child.stdin.write('codice;titolo\nA1;Uno\n');
    await once(watched, 'change');
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
    expect(readdirSync(temporary)).toEqual([]);
    watched.close();
  });

  test('options that do not exist and arguments that mean nothing are told in Italian too', () => {
    const told = (...args: string[]) => mappa(args, { LANG: 'it_IT.UTF-8' }).stderr.split('\n')[0];
    expect(told('check', 'x.csv', '--boh')).toMatch(/^Non c’è l’opzione --boh; ci sono: --edition, /);
    expect(told('check', 'x.csv', '--base', '--json')).toBe('A --base serve un valore.');
    expect(told('check', 'buono.csv', '--separator', 'x')).toContain('uno tra ";", ",", tab, "|"');
    expect(told('audit', 'verify', 'catalog', '--head', 'abc')).toContain('abc non è un’impronta');
    expect(told('audit', 'verify', 'pippo')).toContain('Non c’è il registro pippo');
  });

  test('a branch that is retired above rows that go on is an error, and no title in the official language is one, too', () => {
    file('ramo.csv', 'codice;titolo;variazione chiesta\nA1;Uno;\nA1.1;Due;cessare\nA1.1.1;Tre;\n');
    const { stdout } = mappa(['check', 'ramo.csv']);
    expect(stdout).toContain('A1.1.1 goes on, but A1.1 above it is retired. [parent-retired]');
    expect(rules(stdout)).toEqual(['parent-retired']);
    file('lingua.csv', 'codice;titolo [italiano];titolo [en]\nA1;Uno;One\n');
    expect(rules(mappa(['check', 'lingua.csv']).stdout)).toEqual(['column-language', 'title-missing']);
  });

  test('a file that holds only what changes is checked within the map that it changes', () => {
    file('mappa.csv', 'codice;titolo\nA1;Uno\nA1.1;Due\nA1.2;Tre\n');
    file('parte.csv', 'codice;titolo\nA1.2.1;Quattro\nA1.1;Due\u200b\n');
    expect(rules(mappa(['check', 'parte.csv']).stdout)).toEqual([
      'parent-missing',
      'parent-missing',
      'text-form',
    ]);
    const { stdout } = mappa(['check', 'parte.csv', '--base', 'mappa.csv', '--partial']);
    expect(rules(stdout)).toEqual(['text-form']);
    expect(stdout).toContain(
      'parte.csv:3:2: error: A1.1, the title (it): it has the invisible character U+200B',
    );
    expect(mappa(['check', 'parte.csv', '--partial'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--base EXPORT'),
    });
  });

  test('what the map is warned of already is not told again', () => {
    file('base.csv', 'codice;titolo\nA1;Uno\nA1.2;Due\n');
    file('nuovo.csv', 'codice;titolo\nA1;Uno\nA1.2;Due\nA1.5;Tre\n');
    expect(rules(mappa(['check', 'nuovo.csv']).stdout)).toEqual(['numbering-gap', 'numbering-gap']);
    const { stdout } = mappa(['check', 'nuovo.csv', '--base', 'base.csv']);
    expect(rules(stdout)).toEqual(['numbering-gap', 'warnings-known']);
    expect(stdout).toContain('A1.5');
  });

  test('a base that cannot be read is told, and nothing is checked without it', () => {
    file('guasta.csv', 'colore;forma\nrosso;tondo\n');
    file('mappa.pdf.csv', '%PDF-1.7');
    file('bene.csv', 'codice;titolo\nA1;Uno\n');
    const checked = mappa(['check', 'bene.csv', '--base', 'guasta.csv'], { LANG: 'it_IT.UTF-8' });
    expect(checked).toMatchObject({ status: 2, stdout: '' });
    expect(checked.stderr).toMatch(/^La base guasta\.csv non si può leggere, riga 1: Manca l’intestazione/);
    expect(mappa(['check', 'bene.csv', '--base', 'mappa.pdf.csv'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('The base mappa.pdf.csv cannot be read: A PDF holds pages'),
    });
    file('doppia.csv', 'codice;titolo\nA1;Uno\nA1;Due\nA1.1.1;Tre\n');
    const { status, stderr } = mappa(['check', 'bene.csv', '--base', 'doppia.csv']);
    expect([status, ...stderr.split('\n').slice(0, 2)]).toEqual([
      2,
      'The base doppia.csv cannot be read, line 3: A1 stands already on line 2, with another title.',
      'The base doppia.csv cannot be read, line 4: A1.1.1 has no parent: A1.1 is not in the file.',
    ]);
  });

  test('Italian tells the facts that English tells', () => {
    file('fatti.csv', 'codice;titolo;colore\nA1;Uno;x\nA1;Due;\n');
    const { stdout } = mappa(['check', 'fatti.csv'], { LANG: 'it_IT.UTF-8' });
    expect(stdout).toContain('La colonna "colore" non è conosciuta e non viene letta. [column-unknown]');
    expect(stdout).toContain('A1 è già alla riga 2, con un altro titolo. [code-duplicate]');
    expect(stdout).toContain('1 voce letta secondo "Rev. 2023": 1 errore, 1 avviso, 0 note.');
  });

  test('two rows of one concept are told, and a text that is named as a workbook', () => {
    const id = '0193b0c4-7c1e-7000-8000-000000000001';
    file('stesso.csv', `concept_id;codice;titolo\n${id};A1;Uno\n${id};A2;Due\n`);
    expect(rules(mappa(['check', 'stesso.csv']).stdout)).toContain('concept-repeated');
    file('testo.xlsx', 'codice;titolo\nA1;Uno\n');
    const { stdout } = mappa(['check', 'testo.xlsx']);
    expect(rules(stdout)).toEqual(['file-kind']);
    expect(stdout).toContain('imported with the format "csv"');
  });

  test('what cannot be checked is told in words, in Italian or English', () => {
    file('mappa.zip', 'x');
    expect(mappa(['check', 'mappa.zip']).stderr).toContain('does not tell its format');
    expect(mappa(['check']).stderr).toContain('Say which file is to be checked.');
    expect(mappa(['check', 'a.csv', 'b.csv']).stderr).toContain(
      'One file is checked at a time; these are 2.',
    );
    expect(mappa(['chek', 'a.csv']).stderr).toContain('There is no command "chek".');
    const italian = mappa(['check', 'nulla.csv'], { LANG: 'it_IT.UTF-8' });
    expect(italian).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Non c’è alcun file nulla.csv.'),
    });
  });

  test('a cycle by parent column is found', () => {
    file('ciclo.csv', 'codice;titolo;padre\nA1;Uno;A1.1\nA1.1;Due;A1\n');
    expect(rules(mappa(['check', 'ciclo.csv']).stdout)).toContain('parent-circle');
  });

  test('a file of another kind gets advice, and one that is not there ends with 2', () => {
    file('mappa.pdf', '%PDF-1.7');
    expect(mappa(['check', 'mappa.pdf'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('XLSX, CSV or DOCX'),
    });
    expect(mappa(['check', 'nulla.csv'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('There is no file nulla.csv.'),
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
