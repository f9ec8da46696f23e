import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import type { Read } from '../../imported-row.ts';
import { headingOf, levelNames } from '../../read-cells.ts';
import { levelsLayout } from './levels-layout.ts';
import { rowsLayout } from './rows-layout.ts';
import { shorten } from './problem.ts';
import type { Merged, Table, TableRow } from './table.ts';
import type { TableOptions } from './table-options.ts';

/** Reads rows of one arrangement of columns, one after another, from the row that it was found by. */
export interface Layout {
  read(row: TableRow): Read[];
  /** Cells that are one, where that may mean something. */
  merged?(cells: Merged): Read[];
  /** What can be said only when the whole file is read. */
  end(): Read[];
  /** A paragraph between tables, where that may mean something. */
  text?(text: string, line: number): Read[];
}

/** A title may stand above the header; a file that has none within so many rows has none at all. */
const rowsBeforeHeader = 20;

/** Finds out how a table is arranged, by its header, and reads it: a row an entry, or a column a level. */
export async function* readTable(
  edition: Edition,
  options: TableOptions,
  table: Table,
): AsyncGenerator<Read> {
  let layout: Layout | null = null;
  const skipped: TableRow[] = [];
  let otherSheets: readonly string[] = [];
  for await (const batch of table)
    for (const item of batch) {
      if ('finding' in item || 'origin' in item || 'refused' in item) yield item;
      else if ('otherSheets' in item) ({ otherSheets } = item);
      else if ('merged' in item) yield* layout?.merged?.(item.merged) ?? [];
      else if ('text' in item) {
        layout ??= findByHeading(edition, options, item.text);
        yield* layout?.text?.(item.text, item.line) ?? [];
      } else if (layout) yield* layout.read(item.row);
      else if (item.row.cells.some((cell) => cell.trim() !== '')) {
        layout = findLayout(edition, options, item.row);
        if (layout) yield* layout.read(item.row);
        else if (skipped.push(item.row) >= rowsBeforeHeader) {
          yield { finding: headerMissing(skipped, otherSheets) };
          return;
        }
      }
    }
  if (layout) yield* layout.end();
  else if (skipped.length > 0) yield { finding: headerMissing(skipped, otherSheets) };
}

function findLayout(edition: Edition, options: TableOptions, row: TableRow): Layout | null {
  return (
    (options.layout === 'levels' ? null : rowsLayout(edition, options, row)) ??
    (options.layout === 'rows' ? null : levelsLayout(edition, row))
  );
}

function findByHeading(edition: Edition, { layout }: TableOptions, text: string): Layout | null {
  const isHeading = headingOf(text, levelNames(edition).headingName) !== null;
  return layout !== 'rows' && isHeading ? levelsLayout(edition, { line: 0, cells: [text] }) : null;
}

function headerMissing([first]: readonly TableRow[], otherSheets: readonly string[]): Finding {
  const cells = (first?.cells ?? []).filter((cell) => cell.trim() !== '').slice(0, 6);
  const found = say`No header was found; the first row is ${shorten(cells.map((cell) => `"${shorten(cell)}"`).join(', '))}. A header names its columns, such as "codice", "titolo" and "padre" (or "code", "title", "parent"), or the levels of the edition, one a column.`;
  const names = otherSheets
    .slice(0, 20)
    .map((name) => `"${name}"`)
    .join(', ');
  return {
    rule: 'header-missing',
    severity: 'error',
    message:
      names === ''
        ? found
        : say`${found} The workbook has other sheets, which the option "sheet" names: ${names}.`,
    ...(first ? { line: first.line } : {}),
  };
}
