import { Readable } from 'node:stream';
import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import { CsvError, parse, type Info } from 'csv-parse';
import { firstWord } from '../../read-cells.ts';
import { longestRow, mostColumns, type TableRead } from '../table/table.ts';
import type { Separator } from './find-separator.ts';
import { plainRecords } from './plain-records.ts';
import { UnreadText } from './unread-text.ts';

const batchSize = 500;
/** No code, path or title by which a row is found is longer. */
const longestName = 5_000;

/**
 * Rows of a text in CSV (RFC 4180, any of its line ends). A row that cannot be read is a finding, and reading goes on
 * after it; one without an end ends it.
 */
export async function* readRecords(
  text: AsyncIterable<string>,
  separator: Separator,
  firstLine: number,
): AsyncGenerator<TableRead[]> {
  const rest = yield* plainRecords(text, separator, firstLine);
  if (rest) yield* parseRecords(rest.text, separator, rest.line);
}

/** The same, all of it by the parser. */
export async function* parseRecords(
  text: AsyncIterable<string>,
  separator: Separator,
  firstLine: number,
): AsyncGenerator<TableRead[]> {
  const broken: TableRead[] = [];
  const unread = new UnreadText();
  let rowsEnd = 0;
  let lastBroken: number | undefined;
  const tell = (error: CsvError): void => {
    const finding = findingOf(error, rowsEnd, firstLine);
    // A row without an end is told piece by piece.
    if (lastBroken === finding.line && isEndless(error)) return;
    const place = isEndless(error) ? undefined : Number(error['bytes'] ?? 0);
    const refused = unread.takeLines(place).flatMap((line) => namesIn(line, separator));
    if (refused.length > 0) broken.push({ refused });
    if (lastBroken !== finding.line) broken.push({ finding });
    lastBroken = finding.line;
  };
  const parser = parse({
    delimiter: separator,
    info: true,
    max_record_size: longestRow,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record: string[], { lines, bytes }) => {
      rowsEnd = lines;
      unread.readUntil(bytes);
      return record;
    },
    on_skip: (error) => {
      if (error) tell(error);
    },
  });
  const source = Readable.from(unread.through(text));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let batch: TableRead[] = [];
  try {
    for await (const parsed of parser) {
      const { record, info } = parsed as { record: string[]; info: Info }; // oxlint-disable-line typescript/no-unsafe-type-assertion -- what the option `info` gives
      const line = info.lines + firstLine - 1 - linesInside(record);
      if (record.length > mostColumns) {
        batch.push({ finding: tooWide(line) });
        break;
      }
      batch.push(...broken.splice(0), { row: { line, cells: record } });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    tell(error);
  } finally {
    source.destroy();
  }
  yield [...batch, ...broken];
}

function linesInside(record: readonly string[]): number {
  return record.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);
}

/** What a line that is no row may be called: its cells, and how each begins, which is a code in a column of a level. */
function namesIn(line: string, separator: Separator): string[] {
  const cells = line
    .split(separator)
    .map((cell) => cell.replaceAll(/^\s*"?|"?\s*$/g, '').replaceAll('""', '"'));
  return [...new Set([...cells, ...cells.map(firstWord)])].filter(
    (name) => name !== '' && name.length <= longestName,
  );
}

const isEndless = ({ code }: CsvError): boolean =>
  code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE';

/** @param rowsEnd line that the last good row ends on: what has no end begins after it */
function findingOf(error: CsvError, rowsEnd: number, firstLine: number): Finding {
  const line = isEndless(error) ? rowsEnd + 1 : Number(error['lines'] ?? 1);
  const [rule, message] = known[error.code] ?? [
    'csv-form',
    say`The row cannot be read. Its reader says: "${error.message}"`,
  ];
  return { rule, severity: 'error', line: line + firstLine - 1, message };
}

const known: Readonly<Record<string, readonly [rule: string, message: Sentence]>> = {
  CSV_QUOTE_NOT_CLOSED: ['csv-quotes', say`A quotation mark is opened and never closed.`],
  CSV_INVALID_CLOSING_QUOTE: [
    'csv-quotes',
    say`After a closing quotation mark there must be a separator or the end of the row; a quotation mark inside a text is written twice.`,
  ],
  INVALID_OPENING_QUOTE: [
    'csv-quotes',
    say`A quotation mark stands inside a text that is not in quotation marks.`,
  ],
  CSV_MAX_RECORD_SIZE: [
    'row-too-long',
    say`A row is longer than ${longestRow} characters; reading stopped there. Is a quotation mark not closed?`,
  ],
};

function tooWide(line: number): Finding {
  const message = say`The row has more than ${mostColumns} columns; reading stopped there.`;
  return { rule: 'too-many-columns', severity: 'error', line, message };
}
