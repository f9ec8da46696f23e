import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFolder } from '../../../bootstrap/read-edition-folder.ts';
import { seedFolder } from '../../../testing/seed.ts';
import { readFileRows } from '../../testing/read-file-rows.ts';
import { csvFormat } from './csv-format.ts';

let folder: EditionFolder;
beforeAll(async () => {
  folder = await seedFolder();
});

const read = (file: string | Uint8Array, options: unknown = {}) =>
  readFileRows(csvFormat.open(folder.edition, options), [file]);
const found = async (file: string | Uint8Array, options: unknown = {}) =>
  (await read(file, options)).findings.map(
    ({ rule, line, column }) => `${rule}@${line ?? '-'}:${column ?? '-'}`,
  );
const titlesOf = async (file: string | Uint8Array, options: unknown = {}) => {
  const { rows, findings } = await read(file, options);
  return [
    ...findings.map(({ rule }) => rule),
    ...rows.map(({ code, titles }) => `${code} ${titles['it']?.official}`),
  ];
};

const table = 'codice;titolo\nA1;Attività\nA1.1;Qualità, ecc.\n';
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();

describe('the encoding', () => {
  const expected = ['A1 Attività', 'A1.1 Qualità, ecc.'];
  test.each([
    ['UTF-8', Buffer.from(table)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${table}`)],
    ['UTF-16 with a byte order mark', utf16(table)],
    ['UTF-16 without one', Buffer.from(table, 'utf16le')],
    ['UTF-16, the high byte first', swapped(utf16(table))],
  ])('%s is found', async (_, bytes) => {
    expect(await titlesOf(bytes)).toEqual(expected);
  });

  test('Windows-1252 is an assumption, and said so', async () => {
    expect(await titlesOf(Buffer.from(table, 'latin1'))).toEqual(['encoding-assumed', ...expected]);
    expect(await titlesOf(Buffer.from(table, 'latin1'), { encoding: 'windows-1252' })).toEqual(expected);
  });

  test('Windows-1252 that is stated of a text in UTF-8 is doubted', async () => {
    const stated = { encoding: 'windows-1252' };
    expect(await found(table, stated)).toEqual(['encoding-doubtful@-:-']);
    expect(await found('codice;titolo\nA1;Uno\n', stated)).toEqual([]);
  });

  test('a workbook that is sent as CSV is told what it is', async () => {
    expect(await found(Buffer.from('PK\u0003\u0004 …'))).toEqual(['file-kind@-:-']);
  });

  test('a file of bytes that come one by one is the same', async () => {
    const bytes = [...Buffer.from(table)].map((byte) => Uint8Array.of(byte));
    const { rows } = await readFileRows(csvFormat.open(folder.edition, {}), bytes);
    expect(rows.map(({ titles }) => titles['it']?.official)).toEqual(['Attività', 'Qualità, ecc.']);
  });

  test('one damaged byte in a UTF-8 file is named by its cell', async () => {
    const bytes = Buffer.concat([Buffer.from(`${table}A1.2;Citt`), Buffer.from([0xe0, 0x0a])]);
    expect(await found(bytes)).toEqual(['text-damaged@4:2']);
  });
});

describe('the separator', () => {
  test.each(['\t', 'tab', '\\t'])('%j is a tab where it is stated', async (separator) => {
    expect(await titlesOf('codice\ttitolo\nA1\tUno; due, tre\n', { separator })).toEqual([
      'A1 Uno; due, tre',
    ]);
  });

  test.each([';', ',', '\t', '|'])('%j is found', async (separator) => {
    expect(await titlesOf(`codice${separator}titolo\nA1${separator}"Uno; due, tre"\n`)).toEqual([
      'A1 Uno; due, tre',
    ]);
  });

  test('may be stated, in the file as Excel does, or by whoever imports it', async () => {
    expect(await titlesOf('sep=|\ncodice|titolo\nA1|Uno\n')).toEqual(['A1 Uno']);
    expect(await titlesOf('SEP=|\ncodice|titolo\nA1|Uno\n')).toEqual(['A1 Uno']);
    expect(
      await titlesOf('codice|titolo;x\nA1|Uno\n', { separator: '|', columns: { title: 'titolo;x' } }),
    ).toEqual(['A1 Uno']);
  });
});

describe('a row an entry', () => {
  test('has code, title and parent, in Italian or English', async () => {
    for (const header of ['codice;titolo;codice padre', 'Code;Title;Parent', 'CODE;Title [it];parent_code']) {
      const { rows, findings } = await read(`${header}\nX;Radice;\nY;Foglia;X\n`);
      expect(findings).toEqual([]);
      expect(rows).toMatchObject([
        { key: 'X', parent: undefined, line: 2 },
        { key: 'Y', parent: 'X', line: 3, titles: { it: { official: 'Foglia' } } },
      ]);
    }
  });

  test('has names of columns that the file has for itself, when they are stated', async () => {
    const columns = { code: 'Cod.', title: 'Descr. estesa', parent: 'Sup.' };
    const { rows } = await read('Cod.,Descr. estesa,Sup.\nY,Foglia,X\n', { columns });
    expect(rows).toMatchObject([{ code: 'Y', parent: 'X', titles: { it: { official: 'Foglia' } } }]);
  });

  test('has texts by language, notes, and attributes of a type', async () => {
    const header =
      'code,title:it,title:en,short title:it,includes:it,attribute:usabile:boolean,attribute:ore:integer';
    const { rows } = await read(`${header}\nA1,Uno,One,U.,"prima\nseconda",VERO,40\nA2,Due,,,,,\n`);
    expect(rows).toMatchObject([
      {
        titles: { it: { official: 'Uno', short: 'U.' }, en: { official: 'One' } },
        notes: { it: { includes: 'prima\nseconda' } },
        attributes: { usabile: true, ore: 40 },
      },
      { line: 4, titles: { it: { official: 'Due' } }, notes: {}, attributes: {} },
    ]);
  });

  test('has attributes of the types that the edition defines, where the header states none', async () => {
    const own = { inHash: true, synced: true };
    const attributes = [
      { name: 'vivo', type: 'boolean' as const, ...own },
      { name: 'ore', type: 'integer' as const, ...own },
      { name: 'uso', type: 'code-list' as const, values: ['1'], ...own },
      { name: 'anno', type: 'integer' as const, ...own },
    ];
    const header =
      'codice;titolo;attributo:vivo;attributo:ore;attributo:uso;attributo:anno:text;attributo:altro';
    const { rows, findings } = await readFileRows(csvFormat.open({ ...folder.edition, attributes }, {}), [
      `${header}\nA1;Uno;vero;40;1;2026;1\nA2;Due;forse;;;;\n`,
    ]);
    expect(rows.map((row) => row.attributes)).toEqual([
      { vivo: true, ore: 40, uso: '1', anno: '2026', altro: '1' },
    ]);
    expect(findings).toMatchObject([{ rule: 'attribute-form', line: 3, column: 3 }]);
  });

  test('has its place in a path', async () => {
    const { rows } = await read('path\nAnimali > Cani\nAnimali\nAnimali > Cani > Cuccioli\n');
    expect(rows).toMatchObject([
      { key: 'Animali > Cani', parent: 'Animali', titles: { it: { official: 'Cani' } } },
      { key: 'Animali', parent: null },
      { key: 'Animali > Cani > Cuccioli', parent: 'Animali > Cani' },
    ]);
  });

  test('asks for a change and says why', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const { rows } = await read(
      `Identificativo;Codice;Titolo [it];Variazione chiesta;Motivo\n${id};A1;Uno;Cessare;finita\n`,
    );
    expect(rows).toMatchObject([{ key: id, asked: { change: 'retire', reason: 'finita' } }]);
  });
});

describe('a column a level', () => {
  test('has parents once, repeated, or above in a column of their own', async () => {
    const { rows, findings } = await read(
      `Mappa dei processi,,,,
Macro-funzione,Macro-processo,Processo,Sotto-processo,Attività
GOVERNO,A1 Uno,A1.1 Due,A1.1.1 Tre,A1.1.1.1 Quattro
GOVERNO,A1 Uno,A1.1 Due,A1.1.1 Tre,A1.1.1.2 Cinque
,,,A1.1.2 Sei,
,E1 Sette,,,
`,
    );
    expect(rows.map(({ key, parent, line }) => [key, parent, line])).toEqual([
      ['GOVERNO', null, 3],
      ['A1', 'GOVERNO', 3],
      ['A1.1', undefined, 3],
      ['A1.1.1', undefined, 3],
      ['A1.1.1.1', undefined, 3],
      ['A1.1.1.2', undefined, 4],
      ['A1.1.2', undefined, 5],
      ['E1', null, 6],
    ]);
    expect(findings.map(({ rule }) => rule)).toEqual(['parent-not-stated']);
  });
});

describe('what is wrong is a finding, and reading goes on', () => {
  test.each([
    ['no header', 'A;B\nC;D\n', ['header-missing@1:-']],
    ['nothing', '', ['file-empty@-:-']],
    ['a header alone', 'codice;titolo\n', ['file-empty@-:-']],
    ['a column that nobody knows', 'codice;titolo;colore\nA1;Uno;blu\n', ['column-unknown@1:3']],
    ['a column twice', 'codice;titolo;code\nA1;Uno;A2\n', ['column-repeated@1:3']],
    ['more cells than columns', 'codice;titolo\nA1;Uno;due\n', ['row-too-long@2:3']],
    ['NUL', 'codice;titolo\nA1;U\0no\n', ['text-damaged@2:2']],
    ['an attribute of another type', 'code;title;attribute:n:integer\nA1;Uno;due\n', ['attribute-form@2:3']],
    ['a misspelt type of an attribute', 'code;title;attributo:ore:interi\nA1;Uno;2\n', ['column-type@1:3']],
    ['an id that is none', 'concept_id;code\n12;A1\n', ['concept-id-form@2:1']],
    ['a rank that is none', 'code;title;rank\nA1;Uno;primo\n', ['rank-form@2:3']],
    ['a change that means nothing', 'code;title;change asked\nA1;Uno;forse\n', ['change-unknown@2:3']],
    ['a short title alone', 'code;title;short title\nA1;;U\n', ['title-missing@2:3']],
    ['a row without a name', 'code;title;rank\n;;3\n', ['row-without-name@2:1']],
    ['a quotation mark inside a text', 'code;title\nA1;Uno "e" due\nA2;Due\n', ['csv-quotes@2:-']],
    ['a quotation mark that is never closed', 'code;title\nA1;"Uno\nA2;Due\n', ['csv-quotes@2:-']],
    ['a cell of 10 MB', `code;title\nA1;${'x'.repeat(10_000_000)}\nA2;Due\n`, ['row-too-long@2:-']],
    ['a million columns', `code;title\nA1;${';'.repeat(1_000_000)}\n`, ['too-many-columns@2:-']],
  ])('%s', async (_, file, expected) => {
    expect(await found(file)).toEqual(expected);
  });

  test('more errors than anybody reads end it', async () => {
    const { findings } = await read(`code;title;rank\n${'A1;Uno;x\n'.repeat(5_000)}`);
    expect(findings).toHaveLength(1_001);
    expect(findings.at(-1)).toMatchObject({ rule: 'too-many-findings', severity: 'error' });
  });
});
