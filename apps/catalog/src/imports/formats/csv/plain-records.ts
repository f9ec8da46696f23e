import { mostColumns, type TableRead } from '../table/table.ts';
import type { Separator } from './find-separator.ts';

/** A line that is longer is for the parser, which says what is wrong with it. */
const longestLine = 100_000;

/** What is left of a text, from the first line on that is not plain. */
export interface RestOfText {
  readonly text: AsyncIterable<string>;
  /** Number of its first line. */
  readonly line: number;
}

/**
 * Rows of a text in CSV as far as it has no quotation mark: there a row is a line, and a cell is what stands between two
 * separators, which is found at a fraction of what a parser costs.
 * @returns what is left for the parser; null when all is read
 */
export async function* plainRecords(
  text: AsyncIterable<string>,
  separator: Separator,
  firstLine: number,
): AsyncGenerator<TableRead[], RestOfText | null> {
  const pieces = text[Symbol.asyncIterator]();
  let line = firstLine;
  let held = '';
  for (;;) {
    const { done = false, value = '' } = await pieces.next();
    const piece = held + value;
    const rows: TableRead[] = [];
    const add = (content: string): void => {
      if (content !== '') rows.push({ row: { line, cells: content.split(separator) } });
      line++;
    };
    let start = 0;
    let isPlain = true;
    for (const { index, 0: lineEnd } of piece.matchAll(lineEnds)) {
      // At the end of a piece it may be half of one.
      if (lineEnd === '\r' && index === piece.length - 1 && !done) break;
      const content = piece.slice(start, index);
      isPlain = isPlainLine(content, separator);
      if (!isPlain) break;
      add(content);
      start = index + lineEnd.length;
    }
    held = piece.slice(start);
    isPlain &&= isPlainLine(held, separator);
    if (done && isPlain) add(held);
    if (rows.length > 0) yield rows;
    if (!isPlain) return { text: chained(held, pieces), line };
    if (done) return null;
  }
}

const lineEnds = /\r\n|\n|\r/g;

function isPlainLine(line: string, separator: Separator): boolean {
  if (line.includes('"') || line.length > longestLine) return false;
  return line.length < mostColumns || line.split(separator).length <= mostColumns;
}

async function* chained(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}
