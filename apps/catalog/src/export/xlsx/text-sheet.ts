import { columnName } from '../../imports/formats/xlsx/cell-reference.ts';
import { rowXml } from './row-xml.ts';
import { declaration, mainNamespace, styles } from './workbook.ts';

const rowsAtOnce = 1_000;

/**
 * A sheet of texts below a header that stays in sight, to read and to filter.
 * @param widths of the columns, in characters
 */
export async function* textSheet(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): AsyncGenerator<string> {
  const cols = widths.map(
    (width, i) =>
      `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${styles.plain}" customWidth="1"/>`,
  );
  yield `${declaration}<worksheet xmlns="${mainNamespace}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols.join('')}</cols><sheetData>`;
  yield rowXml(
    1,
    header,
    header.map(() => styles.header),
  );
  for (let at = 0; at < rows.length; at += rowsAtOnce)
    yield rows
      .slice(at, at + rowsAtOnce)
      .map((row, i) =>
        rowXml(
          at + i + 2,
          row.map((text) => (text === '' ? null : text)),
          [],
        ),
      )
      .join('');
  yield `</sheetData><autoFilter ref="A1:${columnName(header.length - 1)}${rows.length + 1}"/></worksheet>`;
}
