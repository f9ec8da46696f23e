import { inWords } from '#words';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFolder } from '../../../bootstrap/read-edition-folder.ts';
import { seedFolder } from '../../../testing/seed.ts';
import { readFileRows } from '../../testing/read-file-rows.ts';
import { rowsOf, workbookOf, zipOf } from '../../testing/zip-of.ts';
import { xlsxFormat } from './xlsx-format.ts';

let folder: EditionFolder;
beforeAll(async () => {
  folder = await seedFolder();
});

const read = async (file: Buffer | Promise<Buffer>, options: unknown = {}) =>
  readFileRows(xlsxFormat.open(folder.edition, options), [await file]);
const found = async (file: Buffer | Promise<Buffer>, options: unknown = {}) =>
  (await read(file, options)).findings.map(
    ({ rule, line, column }) => `${rule}@${line ?? '-'}:${column ?? '-'}`,
  );
const header = ['codice', 'titolo'];

describe('a sheet', () => {
  test('has shared texts, texts inside, runs, booleans, numbers and what formulas gave', async () => {
    const file = workbookOf(
      `<sheetData>
        <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="inlineStr"><is><t>attributo:uso:boolean</t></is></c><c r="E3" t="inlineStr"><is><t>ordine</t></is></c></row>
        <row r="7"><c r="A7" t="str"><f>"A"&amp;1</f><v>A1</v></c><c r="B7" t="s"><v>2</v></c><c r="C7" t="b"><v>1</v></c><c r="E7"><v>1.0000000000000002E1</v></c></row>
        <row><c t="inlineStr"><is><t>A2</t></is></c><c t="inlineStr"><is><t xml:space="preserve">uno_x000D_</t></is></c></row>
      </sheetData>`,
      {
        'xl/sharedStrings.xml':
          '<sst><si><t>codice</t></si><si><t>titolo</t></si><si><r><t>Per</t></r><r><t>sone</t></r><rPh><t>ペ</t></rPh></si></sst>',
      },
    );
    const { rows, findings } = await read(file);
    expect(findings).toEqual([]);
    expect(rows).toMatchObject([
      { code: 'A1', line: 7, rank: 10, titles: { it: { official: 'Persone' } }, attributes: { uso: true } },
      { code: 'A2', line: 8, titles: { it: { official: 'uno' } } },
    ]);
  });

  test('is the first one, or the one that is named', async () => {
    const more = {
      'xl/workbook.xml':
        '<workbook><sheets><sheet name="Uno" r:id="rId1"/><sheet name="Due" r:id="rId2"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/due.xml"/></Relationships>',
      'xl/due.xml': `<worksheet>${rowsOf(header, ['B1', 'Altro'])}</worksheet>`,
    };
    const file = await workbookOf(rowsOf(header, ['A1', 'Uno']), more);
    expect((await read(file)).rows).toMatchObject([{ code: 'A1' }]);
    expect((await read(file, { sheet: 'Due' })).rows).toMatchObject([{ code: 'B1' }]);
    expect(await found(file, { sheet: 'Tre' })).toEqual(['sheet-missing@-:-']);
  });

  test('that has a column a level may have merged parents', async () => {
    const { rows, findings } = await read(
      workbookOf(
        `${rowsOf(
          ['Macro-funzione', 'Macro-processo', 'Processo', 'Sotto-processo', 'Attività'],
          ['GOVERNO', 'A1 Uno', 'A1.1 Due', 'A1.1.1 Tre', 'A1.1.1.1 Quattro'],
          ['', '', '', '', 'A1.1.1.2 Cinque'],
        )}<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/></mergeCells>`,
      ),
    );
    expect(findings).toEqual([]);
    expect(rows.map(({ key }) => key)).toEqual(['GOVERNO', 'A1', 'A1.1', 'A1.1.1', 'A1.1.1.1', 'A1.1.1.2']);
  });

  test('that has a row an entry may not: what a merged cell means for its other rows is a guess', async () => {
    const rows = rowsOf(['Mappa'], [...header, 'padre'], ['A1', 'Uno', 'X'], ['A2', 'Due', '']);
    const merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="C3:C4"/></mergeCells>';
    expect(await found(workbookOf(rows + merged))).toEqual(['cells-merged@3:3']);
  });

  test('that holds a code as a number warns of lost zeros, and of a cell without a value', async () => {
    const cells =
      '<row><c><v>1.1</v></c><c t="inlineStr"><is><t>Uno</t></is></c></row><row><c t="e"><v>#N/A</v></c></row>';
    const file = workbookOf(rowsOf(header).replace('</sheetData>', `${cells}</sheetData>`));
    expect(await found(file)).toEqual(['code-as-number@2:1', 'cell-error@3:1']);
  });
});

describe('a hostile or damaged file is a finding', () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>`;
  const text = '<sheetData><row><c t="inlineStr"><is><t>';
  test.each([
    ['no byte', () => Buffer.alloc(0), 'file-empty'],
    ['no ZIP file', () => Buffer.from('codice;titolo'), 'file-kind'],
    ['half a file', async () => (await workbookOf(rowsOf(header))).subarray(0, 400), 'zip-damaged'],
    ['another ZIP file', () => zipOf({ 'x.txt': 'x' }), 'file-kind'],
    ['an OpenDocument file', () => zipOf({ mimetype: '', 'content.xml': '<x/>' }), 'file-kind'],
    ['a DOCX document', () => zipOf({ 'word/document.xml': '<x/>' }), 'file-kind'],
    ['a sheet of zeros that unpacks to 20 MB', () => workbookOf('\0'.repeat(20_000_000)), 'zip-bomb'],
    [
      '10,004 parts',
      () => workbookOf('', Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`x${i}`, '']))),
      'zip-bomb',
    ],
    [
      'billion laughs',
      () => workbookOf('', { 'xl/worksheets/sheet1.xml': `${laughs}<worksheet>&b;</worksheet>` }),
      'xml-doctype',
    ],
    [
      'billion laughs in shared texts',
      () => workbookOf(rowsOf(header), { 'xl/sharedStrings.xml': `${laughs}<sst/>` }),
      'xml-doctype',
    ],
    [
      'an entity of another file',
      () =>
        workbookOf('', {
          'xl/worksheets/sheet1.xml': '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
        }),
      'xml-doctype',
    ],
    [
      'an entity that nobody declares',
      () => workbookOf(`${text}&x;</t></is></c></row></sheetData>`),
      'xml-damaged',
    ],
    ['XML that is none', () => workbookOf('<row></c>'), 'xml-damaged'],
    [
      'XML without an end',
      () => workbookOf('', { 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' }),
      'xml-damaged',
    ],
    ['elements inside elements', () => workbookOf('<a>'.repeat(100_000)), 'xml-damaged'],
    [
      'a text of 10 MB',
      () =>
        workbookOf(
          `${text}${Array.from({ length: 1e6 }, (_, i) => i * 7919).join(' ')}</t></is></c></row></sheetData>`,
        ),
      'text-too-long',
    ],
    [
      'a sheet in another file',
      () =>
        workbookOf('', {
          'xl/_rels/workbook.xml.rels':
            '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://127.0.0.1/x"/></Relationships>',
        }),
      'zip-damaged',
    ],
    [
      'bytes that are not UTF-8',
      () =>
        workbookOf('', {
          'xl/worksheets/sheet1.xml': Buffer.from('<worksheet>perché</worksheet>', 'latin1'),
        }),
      'xml-damaged',
    ],
  ])(
    '%s',
    async (_, file, rule) => {
      const { rows, findings } = await read(await file());
      expect(rows).toEqual([]);
      expect(findings).toMatchObject([{ rule, severity: 'error' }]);
    },
    30_000,
  );

  test('a text of 10 MB is told with its cell, whether it stands there or is shared', async () => {
    const endless = Array.from({ length: 1e6 }, (_, i) => i * 7919).join(' ');
    expect(await found(workbookOf(rowsOf(header, ['A1', 'Uno'], ['A2', endless])))).toEqual([
      'text-too-long@3:2',
    ]);
    const shared = {
      'xl/sharedStrings.xml': `<sst><si><t>codice</t></si><si><t>titolo</t></si><si><t>${endless}</t></si></sst>`,
    };
    const rows = (text: number) =>
      `<sheetData><row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="9"><c r="A9" t="inlineStr"><is><t>A1</t></is></c><c r="C9" t="s"><v>${text}</v></c></row></sheetData>`;
    expect(await found(workbookOf(rows(2), shared))).toEqual(['text-too-long@9:3']);
    expect(await found(workbookOf(rows(1), shared))).toEqual(['text-too-long@-:-']);
  }, 30_000);

  test('a part that is larger than it says', async () => {
    const file = await workbookOf(rowsOf(header, ['A1', 'Uno']));
    const name = file.lastIndexOf('xl/worksheets/sheet1.xml');
    file.writeUInt32LE(50, name - 46 + 24);
    expect(await found(file)).toEqual(['zip-damaged@-:-']);
  });

  test('a part that is encrypted', async () => {
    const file = await workbookOf(rowsOf(header, ['A1', 'Uno']));
    const name = file.lastIndexOf('xl/worksheets/sheet1.xml');
    file.writeUInt16LE(file.readUInt16LE(name - 46 + 8) | 1, name - 46 + 8);
    expect(await found(file)).toEqual(['file-encrypted@-:-']);
  });

  test('links to other files are not followed, and said', async () => {
    const rels =
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId9" Type="x/externalLink" Target="externalLinks/x.xml"/></Relationships>';
    const file = workbookOf(rowsOf(header, ['A1', 'Uno']), { 'xl/_rels/workbook.xml.rels': rels });
    expect(await found(file)).toEqual(['external-reference@-:-']);
  });

  test('cells far out of any sheet cost nothing', async () => {
    const cell =
      '<c r="XFD1" t="inlineStr"><is><t>x</t></is></c><c r="ZZZZZZ1" t="inlineStr"><is><t>x</t></is></c>';
    const file = workbookOf(rowsOf(header).replace('</row>', `${cell}</row>`));
    expect(await found(file)).toEqual(['too-many-columns@1:16384']);
  });
});

describe('a cell', () => {
  const styles = {
    'xl/styles.xml':
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yy"/><numFmt numFmtId="165" formatCode="[Red]0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
  };
  const sheetOf = (cells: string) =>
    `<sheetData><row><c t="inlineStr"><is><t>codice</t></is></c><c t="inlineStr"><is><t>titolo</t></is></c></row><row>${cells}</row></sheetData>`;
  const title = '<c r="B2" t="inlineStr"><is><t>Uno</t></is></c>';

  test('that holds a date where a text is read is an error that says so; another number is a number', async () => {
    const date = workbookOf(sheetOf(`<c r="A2" s="1"><v>46023</v></c>${title}`), styles);
    expect(await found(date)).toEqual(['cell-date@2:1']);
    const number = workbookOf(sheetOf(`<c r="A2" s="2"><v>46023</v></c>${title}`), styles);
    expect(await found(number)).toEqual(['code-as-number@2:1']);
    const beside = workbookOf(
      sheetOf(`<c r="A2" t="inlineStr"><is><t>A1</t></is></c>${title}<c r="C2" s="1"><v>46023</v></c>`),
      styles,
    );
    expect(await found(beside)).toEqual(['row-too-long@2:3']);
  });

  test('whose formula has no result is an error, and no missing title', async () => {
    const file = workbookOf(
      sheetOf('<c r="A2" t="inlineStr"><is><t>A1</t></is></c><c r="B2"><f>C2</f><v></v></c>'),
    );
    expect((await found(file))[0]).toBe('formula-without-value@2:2');
    const empty = workbookOf(sheetOf(`<c r="A2" t="str"><f>""</f><v></v></c>${title}`));
    expect(await found(empty)).not.toContain('formula-without-value@2:1');
  });

  test('that is no header is shown, with the names of the other sheets', async () => {
    const file = workbookOf(rowsOf(['Elenco'], ['uno']), {
      'xl/workbook.xml':
        '<workbook><sheets><sheet name="Uno" r:id="rId1"/><sheet name="Attività" r:id="rId2"/></sheets></workbook>',
    });
    const [missing] = (await read(file)).findings;
    expect(missing && inWords(missing.message, 'en')).toMatch(/the first row is "Elenco".*"Attività"/);
  });
});
