import type { PlacedEntry } from '#taxonomy';
import { headerOf, type Column, type HeaderStyle } from '../../imports/formats/table/columns.ts';
import { changeWords } from '../../imports/formats/table/read-asked.ts';
import { columnName } from '../../imports/formats/xlsx/cell-reference.ts';
import { cellsOf } from '../table/cells-of.ts';
import type { ForPeople } from '../table/for-people.ts';
import { rowXml } from './row-xml.ts';
import { declaration, mainNamespace, styles } from './workbook.ts';

/** More rows than a map has, for what is offered to people who add some. */
const lastRow = 1_048_576;

/**
 * A sheet with one row an entry below a header that stays in sight. For editing its cells are protected, except those
 * that an editor may change, and columns of new rows; it can be filtered. No spreadsheet sorts a range with protected
 * cells: whoever wants to sort takes the protection off, and the order of rows means nothing on the way back.
 */
export async function* sheet(
  columns: readonly Column[],
  batches: AsyncIterable<readonly PlacedEntry[]> | Iterable<readonly PlacedEntry[]>,
  style: HeaderStyle,
  people?: ForPeople,
): AsyncGenerator<string> {
  const isForEditing = style !== 'fixed';
  const styleOf = columns.map((column) => (isForEditing ? editingStyle(column) : styles.plain));
  yield `${declaration}<worksheet xmlns="${mainNamespace}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>`;
  yield columns
    .map(
      (column, i) =>
        `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column)}" style="${styleOf[i]}" customWidth="1"/>`,
    )
    .join('');
  yield '</cols><sheetData>';
  yield rowXml(
    1,
    columns.map((column) => headerOf(column, style)),
    columns.map(() => styles.header),
  );
  let line = 1;
  for await (const batch of batches)
    yield batch.map((entry) => rowXml(++line, cellsOf(columns, entry, people), styleOf)).join('');
  yield '</sheetData>';
  if (isForEditing) yield protection;
  yield `<autoFilter ref="A1:${columnName(columns.length - 1)}${line}"/>`;
  if (isForEditing) yield changeChoice(columns, style);
  yield '</worksheet>';
}

function editingStyle({ kind }: Column): number {
  if (kind === 'conceptId' || kind === 'level') return styles.locked;
  return kind === 'rank' ? styles.openNumber : styles.open;
}

/** Without a password: it keeps people from slips, not from will. */
const protection =
  '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0" insertRows="0" autoFilter="0"/>';

function changeChoice(columns: readonly Column[], style: 'it' | 'en'): string {
  const at = columns.findIndex(({ kind }) => kind === 'change');
  if (at < 0) return '';
  const cells = `${columnName(at)}2:${columnName(at)}${lastRow}`;
  return `<dataValidations count="1"><dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${cells}"><formula1>"${changeWords[style].join(',')}"</formula1></dataValidation></dataValidations>`;
}

function widthOf({ kind }: Column): number {
  switch (kind) {
    case 'conceptId':
      return 38;
    case 'level':
    case 'rank':
      return 9;
    case 'code':
    case 'parent':
      return 14;
    case 'change':
    case 'attribute':
      return 20;
    default:
      return 60;
  }
}
