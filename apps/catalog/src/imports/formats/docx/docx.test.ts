import { say } from '#words';
import { beforeAll, expect, test } from 'vitest';
import type { EditionFolder } from '../../../bootstrap/read-edition-folder.ts';
import { seedFolder } from '../../../testing/seed.ts';
import { readFileRows } from '../../testing/read-file-rows.ts';
import { zipOf } from '../../testing/zip-of.ts';
import { docxFormat } from './docx-format.ts';

let folder: EditionFolder;
beforeAll(async () => {
  folder = await seedFolder();
});

const read = async (body: string, options: unknown = {}) =>
  readFileRows(docxFormat.open(folder.edition, options), [
    await zipOf({ 'word/document.xml': `<w:document xmlns:w="x"><w:body>${body}</w:body></w:document>` }),
  ]);
const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const cell = (text: string, properties = '') =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`;
const table = (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`;
const onward = '<w:vMerge/>';
const begins = '<w:vMerge w:val="restart"/>';
const levels = row(...['Macro-processo', 'Processo', 'Sotto-processo', 'Attività'].map((name) => cell(name)));

test('the official layout is read, with headings between tables and merged parents', async () => {
  const { rows, findings } = await read(
    [
      paragraph('Mappa dei processi'),
      paragraph('➔ MACRO-FUNZIONE: GOVERNO CAMERALE'),
      table(
        levels,
        row(
          cell('A1 Uno', begins),
          cell('A1.1 Due', begins),
          cell('A1.1.1 Tre', begins),
          cell('A1.1.1.1 Quattro'),
        ),
        row(cell('', onward), cell('', onward), cell('', onward), cell('A1.1.1.2 Cinque')),
        row(cell('', '<w:gridSpan w:val="2"/>'), cell('A1.1.2 Sei'), cell('')),
      ),
      paragraph('➔ MACRO-FUNZIONE: SUPPORTO'),
      table(levels, row(cell('B1 Sette'), cell(''), cell(''), cell(''))),
    ].join(''),
  );
  expect(findings).toEqual([]);
  expect(rows.map(({ key, parent, line }) => [key, parent, line])).toEqual([
    ['GOVERNO CAMERALE', null, 2],
    ['A1', 'GOVERNO CAMERALE', 4],
    ['A1.1', undefined, 4],
    ['A1.1.1', undefined, 4],
    ['A1.1.1.1', undefined, 4],
    ['A1.1.1.2', undefined, 5],
    ['A1.1.2', undefined, 6],
    ['SUPPORTO', null, 7],
    ['B1', 'SUPPORTO', 9],
  ]);
});

test('a table of code, title and parent is read, in several tables with the same header', async () => {
  const header = row(cell('Codice'), cell('Titolo'), cell('Padre'));
  const { rows, findings } = await read(
    table(header, row(cell('X'), cell('Radice'), cell(''))) +
      paragraph('segue') +
      table(header, row(cell('Y'), `<w:tc>${paragraph('Prima')}${paragraph('seconda')}</w:tc>`, cell('X'))),
  );
  expect(findings).toEqual([]);
  expect(rows).toMatchObject([
    { code: 'X', titles: { it: { official: 'Radice' } } },
    { code: 'Y', parent: 'X', titles: { it: { official: 'Prima\nseconda' } } },
  ]);
});

test('a parent that is merged over rows of such a table is a guess, and refused', async () => {
  const { findings } = await read(
    table(
      row(cell('Codice'), cell('Titolo'), cell('Padre')),
      row(cell('A1'), cell('Uno'), cell('X', begins)),
      row(cell('A2'), cell('Due'), cell('', onward)),
    ),
  );
  expect(findings).toMatchObject([{ rule: 'cells-merged', line: 3, column: 3 }]);
});

test('what is deleted is not read, and a cell over a million columns costs nothing', async () => {
  const deleted =
    '<w:p><w:del><w:r><w:delText>vecchio</w:delText></w:r></w:del><w:r><w:t>nuovo</w:t></w:r></w:p>';
  const { rows } = await read(
    table(
      row(cell('Codice'), cell('Titolo', '<w:gridSpan w:val="1000000000"/>')),
      row(cell('A1'), `<w:tc>${deleted}</w:tc>`),
    ),
  );
  expect(rows).toMatchObject([{ code: 'A1', titles: { it: { official: 'nuovo' } } }]);
});

test('a document without tables is empty; billion laughs are refused', async () => {
  expect((await read(paragraph('Testo'))).findings).toMatchObject([
    { rule: 'file-empty', message: say`The document has no table, and entries are read from tables.` },
  ]);
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><w:document/>';
  const file = await zipOf({ 'word/document.xml': laughs });
  const { findings } = await readFileRows(docxFormat.open(folder.edition, {}), [file]);
  expect(findings).toMatchObject([{ rule: 'xml-doctype' }]);
});

test('what a tracked move took away stands only where it was moved to', async () => {
  const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
  const moved = (element: string, text: string) => `<w:${element} w:id="1">${run(text)}</w:${element}>`;
  const title = `<w:tc><w:p>${run('Piano ')}${moved('moveFrom', 'annuale ')}${run('dei fabbisogni')}${moved('moveTo', ' annuale')}</w:p></w:tc>`;
  const { rows } = await read(
    table(row(cell('codice'), cell('titolo')), row(cell('A1'), title), row(cell('A2'), cell('Altro'))),
  );
  expect(rows.map(({ titles }) => titles)).toEqual([
    { it: { official: 'Piano dei fabbisogni annuale' } },
    { it: { official: 'Altro' } },
  ]);
});
