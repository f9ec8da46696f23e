import { columnName } from '../../imports/formats/xlsx/cell-reference.ts';
import type { Cell } from '../table/cells-of.ts';
import { styles } from './workbook.ts';
import { xmlText } from './xml-text.ts';

/** A row of a worksheet. @param styleOf cell formats by column */
export function rowXml(line: number, cells: readonly Cell[], styleOf: readonly number[]): string {
  const filled = cells.map((cell, i) => cellXml(`${columnName(i)}${line}`, styleOf[i] ?? styles.plain, cell));
  return `<row r="${line}">${filled.join('')}</row>`;
}

/** An empty cell is written where its style says that it may be filled. */
function cellXml(place: string, style: number, cell: Cell): string {
  if (cell === null) return style === styles.plain ? '' : `<c r="${place}" s="${style}"/>`;
  if (typeof cell === 'boolean') return `<c r="${place}" s="${style}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'number' && Math.abs(cell) < exactNumbers)
    return `<c r="${place}" s="${style}"><v>${cell}</v></c>`;
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(String(cell))}</t></is></c>`;
}

/** A spreadsheet keeps 15 digits of a number. */
const exactNumbers = 1e15;
