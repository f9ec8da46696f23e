import { say } from '#words';
import { problem } from '../table/problem.ts';
import { mostColumns, type TableRead } from '../table/table.ts';
import { readXml, textTooLong, type Attributes } from '../zip/read-xml.ts';
import { parseRange, parseReference } from './cell-reference.ts';
import { textCollector } from './text-collector.ts';
import { decodeText } from './text-escapes.ts';

/**
 * Rows of a sheet, as they come: values that formulas last had, texts that are shared or inside, booleans and numbers. Merged cells
 * follow the rows in the file, so they come last.
 */
export function readSheet(
  part: AsyncIterable<Uint8Array>,
  sharedTexts: readonly string[],
  dateStyles: ReadonlySet<number> = new Set(),
): AsyncGenerator<TableRead[]> {
  return readXml<TableRead>(part, (emit) => {
    const inline = textCollector();
    let line = 0;
    let index = -1;
    let cells: string[] = [];
    let numbers = new Set<number>();
    let dates = new Set<number>();
    let type = 'n';
    let isDate = false;
    let isFormula = false;
    let hasValue = false;
    let value = '';
    let isValue = false;
    let isTooWide = false;

    const openCell = (attributes: Attributes) => {
      index = parseReference(attributes['r'] ?? '')?.index ?? index + 1;
      type = attributes['t'] ?? 'n';
      isDate = dateStyles.has(Number(attributes['s'] ?? 0));
      isFormula = false;
      hasValue = false;
      value = '';
      inline.clear();
    };
    const closeCell = () => {
      const text = textOf(type, value, inline.get(), sharedTexts);
      if (isFormula && value === '' && !(type === 'str' && hasValue))
        emit({
          finding: problem(
            'formula-without-value',
            { line, index },
            say`The cell holds a formula without its result. Open the file in a spreadsheet, which computes it, and save it again.`,
          ),
        });
      if (text === null)
        emit({
          finding: problem(
            'cell-error',
            { line, index },
            say`The cell holds no value (${value.slice(0, 20)}).`,
          ),
        });
      if (!text) return;
      if (index >= mostColumns) {
        if (!isTooWide)
          emit({
            finding: problem(
              'too-many-columns',
              { line, index },
              say`The sheet has more than ${mostColumns} columns.`,
            ),
          });
        isTooWide = true;
        return;
      }
      while (cells.length < index) cells.push('');
      cells[index] = text;
      if (type === 'n') numbers.add(index);
      if (type === 'n' && isDate) dates.add(index);
    };
    return {
      open(element, attributes) {
        if (element === 'row') {
          line = Number(attributes['r'] ?? line + 1) || line + 1;
          index = -1;
          cells = [];
          numbers = new Set();
          dates = new Set();
        } else if (element === 'c') openCell(attributes);
        else if (element === 'f') isFormula = true;
        else if (element === 'v') isValue = hasValue = true;
        else if (element === 'mergeCell') {
          const merged = parseRange(attributes['ref'] ?? '');
          if (merged) emit({ merged });
        }
        inline.open(element);
      },
      text(text) {
        if (isValue && value.length <= longestValue) value += text;
        inline.text(text);
      },
      close(element) {
        inline.close(element);
        if (element === 'v') isValue = false;
        else if (element === 'c') closeCell();
        else if (element === 'row') emit({ row: { line, cells, numbers, dates } });
      },
      textTooLong: () => textTooLong(index < 0 ? {} : { line, column: index + 1 }),
    };
  });
}

/** Of a number or a reference; texts of formulas (`str`) may be as long as a cell. */
const longestValue = 100_001;

/** null: an error such as `#N/D`. */
function textOf(type: string, value: string, inline: string, shared: readonly string[]): string | null {
  if (value === '' && type !== 'inlineStr') return '';
  switch (type) {
    case 's':
      return shared[Number(value)] ?? null;
    case 'inlineStr':
      return decodeText(inline);
    case 'b':
      return value === '1' ? 'true' : 'false';
    case 'e':
      return null;
    case 'n':
      return Number.isNaN(Number(value)) ? null : String(Number(Number(value).toPrecision(15)));
    default:
      return decodeText(value);
  }
}
