import { expect, test } from 'vitest';
import { seedFolder } from '../testing/seed.ts';
import { entriesOfRows } from './entries-of-rows.ts';
import { findFormat } from './formats/index.ts';
import { readFileRows } from './testing/read-file-rows.ts';

const { edition } = await seedFolder();
const id = '00000000-0000-4000-8000-00000000000';

test.each([
  ['too many fields', 'csv', 'codice;titolo\nA1;Uno;troppo\nA1.1;Due\nB1.1;Tre\n'],
  ['no concept id', 'csv', 'concept_id;code;title;parent\nx;A1;Uno;\n;A1.1;Due;A1\n;B1.1;Tre;B1\n'],
  [
    'a heading with a rank that is none',
    'csv',
    'code;title;parent;rank\n;UNO;;x\nA1;Due;UNO;\nB1;Tre;DUE;\n',
  ],
  ['quotation marks inside a text', 'csv', 'codice;titolo\nA1;Uno "e" due\nA1.1;Due\nB1.1;Tre\n'],
  ['quotation marks before its code', 'csv', 'titolo;codice\nUno "e" due;A1\nDue;A1.1\nTre;B1.1\n'],
  [
    'quotation marks in its second line',
    'csv',
    'codice;titolo\r\nC1;"Zero"\r\nA1;"Uno\r\ne ""più"" e "due"\r\nA1.1;Due\r\nB1.1;Tre\r\n',
  ],
  ['a quotation mark that never closes', 'csv', 'codice;titolo\nA1.1;Due\nB1.1;Tre\nA1;"Uno\nC1;Altro\n'],
  ['a change that means nothing', 'csv', 'code;title;change asked\nA1;Uno;forse\nA1.1;Due;\nB1.1;Tre;\n'],
  ['a damaged cell', 'csv', 'codice;titolo\nA1;U\0no\nA1.1;Due\nB1.1;Tre\n'],
  ['a damaged cell of a level', 'csv', 'macro-processo;processo\nA1 U\0no;\n;A1.1 Due\n;B1.1 Tre\n'],
  [
    'a rank that is none, in JSON',
    'json',
    JSON.stringify([
      { conceptId: `${id}1`, code: 'A1', rank: 'x' },
      { code: 'A1.1', parentId: `${id}1`, titles: { it: { official: 'Due' } } },
      { code: 'B1.1', parentId: `${id}2`, titles: { it: { official: 'Tre' } } },
    ]),
  ],
])(
  'below a row that is refused for %s nothing is an orphan; below one that is absent it is',
  async (_, format, file) => {
    const { rows, findings, refused } = await readFileRows(findFormat(format)?.open(edition, {}), [file]);
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(1);
    const { findings: ofMap } = entriesOfRows('s', edition, rows, undefined, refused);
    const orphans = ofMap.filter(({ rule }) => rule === 'parent-missing');
    expect(orphans.map(({ code }) => code)).toEqual([rows.at(-1)?.code]);
  },
);

test.each([
  [
    'no number is left out where its row is refused',
    'A1;Uno;\nA1.1;Due;\nA1.2;Tre;forse\nA1.3;Quattro;\nA1.5;Cinque;\n',
    ['numbering-gap A1.5'],
  ],
  [
    'children of several rows that are refused are no siblings',
    'A1;Uno;forse\nA2;Due;forse\nA1.1;Altro;\nA2.1;Altro;\nA2.2;altro;\n',
    ['title-duplicate A2.2'],
  ],
])('%s', async (_, rows, expected) => {
  const file = `code;title;change asked\n${rows}`;
  const read = await readFileRows(findFormat('csv')?.open(edition, {}), [file]);
  const { findings } = entriesOfRows('s', edition, read.rows, undefined, read.refused);
  expect(findings.map(({ rule, code }) => `${rule} ${code}`)).toEqual(expected);
});

test('a row that is refused is told with the part of the entry that its cell holds', async () => {
  const file = 'code;title;rank;change asked\nA1;Uno;x;forse\n';
  const { findings } = await readFileRows(findFormat('csv')?.open(edition, {}), [file]);
  expect(findings.map(({ rule, code, field }) => [rule, code, field])).toEqual([
    ['rank-form', 'A1', 'rank'],
    ['change-unknown', 'A1', 'change_asked'],
  ]);
});
