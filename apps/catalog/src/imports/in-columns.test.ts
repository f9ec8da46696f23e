import { editionSchema } from '#contracts';
import { inWords } from '#words';
import { expect, test } from 'vitest';
import { entriesOfRows } from './entries-of-rows.ts';
import { findFormat } from './formats/index.ts';
import type { FileColumns, ImportedRow } from './imported-row.ts';
import { inColumns } from './in-columns.ts';

const edition = editionSchema.parse({
  label: 'E',
  titles: { it: 'E' },
  effectiveDate: '2026-01-01',
  source: { file: 'e.csv', format: 'csv', language: 'it' },
  separator: '.',
  levels: [
    { depth: 1, names: { it: 'processo' }, pattern: '[A-Z]\\d' },
    { depth: 2, names: { it: 'attività' }, pattern: '[A-Z]\\d\\.\\d' },
  ],
});

/** What the rules find in a CSV: `LINE:COLUMN rule (field)`, and what they say of it. */
async function findingsOf(csv: string): Promise<{ places: string[]; says: string[] }> {
  const rows: ImportedRow[] = [];
  let columns: FileColumns = new Map();
  const bytes = async function* () {
    yield Buffer.from(csv);
  };
  for await (const item of findFormat('csv')?.open(edition, {})(bytes()) ?? [])
    if ('row' in item) rows.push(item.row);
    else if ('columns' in item) ({ columns } = item);
  const findings = inColumns(entriesOfRows('s', edition, rows).findings, columns);
  return {
    places: findings.map(({ rule, line, column, field }) => `${line}:${column} ${rule} (${field})`).sort(),
    says: findings.map(({ message }) => inWords(message, 'en')),
  };
}

test('what the rules find is told with its line, its column and the part of the entry', async () => {
  const { places } = await findingsOf(
    [
      'note [it];titolo;codice;titolo breve;titolo [en]',
      ';Uno;A1;;',
      ';Due;A2;;',
      ';due;A3;;',
      ';Quattro;4;;',
      ';Cinque;A5;a\u200bb;',
      '<b>;Sei;A6;;',
      ';Sette;A7.1;;',
      ';;A8;;Eight',
      `;Nove;A9;;${'x'.repeat(300)}`,
    ].join('\n'),
  );
  expect(places).toEqual([
    '10:5 title-too-long (title:en)',
    '4:2 title-duplicate (title:it)',
    '5:3 code-form (code)',
    '6:3 numbering-gap (code)',
    '6:4 text-form (short_title:it)',
    '7:1 text-form (guidance:it)',
    '8:3 parent-missing (parent)',
    '9:2 title-missing (title:it)',
    '9:3 numbering-gap (code)',
  ]);
});

test('a finding says which text it is about, which cause it has, and shows the sign that nobody sees', async () => {
  const { says } = await findingsOf(
    'codice;titolo;comprende\nA1;Uno;a\u200bb\nA2;Due\u0301;\n\u0410\u0031;Tre;\nA4;uno;\n',
  );
  expect(says.sort()).toEqual([
    '"\u04101" is not a code of this edition, A1 is: sign 1 is U+0410, not "A".',
    'A1, what it includes (it): it has the invisible character U+200B at sign 2.',
    'A4 has the same title (it) as A1.',
    'Before A4 a number is left out.',
    '\u04101 reads like another code, A1: sign 1 of the first is U+0410.',
  ]);
});

test('a level that is not that of the code is told, by number or name; one that is, and one without a code are not', async () => {
  const told = await findingsOf(
    'codice;titolo;livello\nA1;Uno;1\nA1.1;Due;Attività\nA1.2;Tre;1\nA1.3;Quattro;processo\nA1.4;Cinque;\n;Sei;9\n',
  );
  expect(told.places).toEqual([
    '4:3 level-contradicted (level)',
    '5:3 level-contradicted (level)',
    '7:1 code-missing (code)',
  ]);
  expect(told.says).toContain(
    'The file says level 1 of A1.2, whose code is one of level 2 (attività). The code decides: mend it, or the level.',
  );
});

test('in a file of paths the path has both the title and the parent', async () => {
  const { places } = await findingsOf('percorso;codice\nUno;A1\nTre > Quattro;A2.1\n');
  expect(places).toEqual(['3:1 parent-missing (parent)']);
});
