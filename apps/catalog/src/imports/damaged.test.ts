import type { Corrections } from '#contracts';
import { beforeAll, expect, test } from 'vitest';
import type { EditionFolder } from '../bootstrap/read-edition-folder.ts';
import { seedFolder } from '../testing/seed.ts';
import { importOfficialText } from './official-text.ts';

let folder: EditionFolder;
beforeAll(async () => {
  folder = await seedFolder();
});

const none: Corrections = { why: '', read: [], add: [] };
const errorsOf = (document: string | Uint8Array, corrections = none) =>
  importOfficialText(
    's',
    folder.edition,
    corrections,
    typeof document === 'string' ? Buffer.from(document) : document,
  )
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule, line }) => `${rule}@${line ?? '-'}`);
const seedText = () => Buffer.from(folder.document).toString();
const head = '➔ MACRO-FUNZIONE: **UNO**\n\nMacro-processo\tProcesso\tSotto-processo\tAttività\n';

test('a small document is read', () => {
  expect(errorsOf(`${head}A1 Uno\tA1.1 Due\tA1.1.1 Tre\tA1.1.1.1 Quattro\n`)).toEqual([]);
});

test('every problem is found at once, each with its line', () => {
  const document = `${head}A1 Uno\tA1.1 Due\tA1.1.1 Tre\tA1.1.1.1 Quattro
\t\t\tA1.1.1.1 Altro titolo
\t\t\tA1.1.01.2 Zero davanti
\t\t\tsenza codice
\t\t\tA1.1.1.3
\t\t\tA1.2.1.1 Senza padre
`;
  expect(errorsOf(document)).toEqual([
    'code-duplicate@5',
    'cell-without-code@6',
    'cell-without-code@7',
    'title-missing@8',
    'parent-missing@9',
  ]);
});

test('bytes that are no UTF-8 text are named by their line', () => {
  expect(errorsOf(Buffer.concat([Buffer.from(`${head}A1 Attivit`), Buffer.from([0xe0, 0x0a])]))).toContain(
    'text-damaged@4',
  );
});

test('an empty document and one without codes are refused', () => {
  expect(errorsOf('')).toEqual(['document-empty@-']);
  expect(errorsOf('UNIONCAMERE\n')).toEqual(['document-empty@-']);
});

test('the official text without its corrections shows where it lost codes', () => {
  expect(errorsOf(seedText())).toEqual([
    ...[97, 98, 99, 100, 101, 102].map((line) => `parent-missing@${line}`),
    'code-duplicate@283',
  ]);
});

test('the first half of the official text is refused: corrections for its other half do not apply', () => {
  const half = seedText().split('\n').slice(0, 150).join('\n');
  expect(errorsOf(half, folder.corrections)).toContain('correction-does-not-apply@-');
});

test('a correction of a code that the document has is refused', () => {
  const corrections = { ...none, add: [{ code: folder.corrections.add[0]!.code, evidence: 'gap' }] };
  const document = `${head}A1 Uno\tA1.1 Due\tA1.1.4 Tre\tA1.1.4.1 Quattro\n`;
  expect(errorsOf(document, corrections)).toEqual(['correction-does-not-apply@-']);
});

test('two codes in one cell are a lost tab, not a title', () => {
  expect(errorsOf(`${head}A1 Uno\tA1.1 Due\tA1.1.1 Tre\tA1.1.1.1 Quattro A1.1.1.2 Cinque\n`)).toEqual([
    'cell-with-two-codes@4',
  ]);
});

test('a lost line and a misplaced heading are found by what the reviewer counted', () => {
  const lines = seedText().split('\n');
  const lost = lines.filter((_, i) => i !== 16).join('\n');
  expect(errorsOf(lost, folder.corrections)).toEqual(['differs-from-review@-']);
  const swapped = seedText()
    .replace('GOVERNO CAMERALE', '#')
    .replace('PROCESSI DI SUPPORTO', 'GOVERNO CAMERALE')
    .replace('#', 'PROCESSI DI SUPPORTO');
  expect(errorsOf(swapped, folder.corrections)).toHaveLength(6);
});

test.each([
  ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a byte order mark', (text: string) => `\uFEFF${text}`],
])('%s do not matter', (_, change) => {
  expect(errorsOf(change(seedText()), folder.corrections)).toEqual([]);
});

test.each([
  ['a Cyrillic А', (text: string) => text.replace('A1.1.1.2 ', 'А1.1.1.2 ')],
  ['a small letter', (text: string) => text.replace('A1.1.1.2 ', 'a1.1.1.2 ')],
  ['an invisible character in a title', (text: string) => text.replace('Time sheet', 'Time\u200B sheet')],
  ['a title of 10 MB', (text: string) => text.replace('Time sheet', 'x'.repeat(10_000_000))],
])('%s is refused', (_, change) => {
  expect(errorsOf(change(seedText()), folder.corrections)).not.toEqual([]);
});
