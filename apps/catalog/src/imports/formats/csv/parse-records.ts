import { Readable } from 'node:stream';
import type { Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import { CsvError, parse, type Info } from 'csv-parse';
import { longestRow, mostColumns, type TableRead } from '../table/table.ts';
import type { Separator } from './find-separator.ts';
import { plainRecords } from './plain-records.ts';

const batchSize = 500;

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
  const broken: Finding[] = [];
  let rowsEnd = 0;
  const parser = parse({
    delimiter: separator,
    info: true,
    max_record_size: longestRow,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_record: (record: string[], { lines }) => {
      rowsEnd = lines;
      return record;
    },
    on_skip: (error) => {
      const finding = findingOf(error, rowsEnd, firstLine);
      if (broken.at(-1)?.line !== finding.line) broken.push(finding);
    },
  });
  const source = Readable.from(text);
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
      batch.push(...broken.splice(0).map((finding) => ({ finding })), { row: { line, cells: record } });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    broken.push(findingOf(error, rowsEnd, firstLine));
  } finally {
    source.destroy();
  }
  yield [...batch, ...broken.map((finding) => ({ finding }))];
}

function linesInside(record: readonly string[]): number {
  return record.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);
}

/** @param rowsEnd line that the last good row ends on: what has no end begins after it */
function findingOf(error: CsvError | undefined, rowsEnd: number, firstLine: number): Finding {
  const isEndless = error?.code === 'CSV_QUOTE_NOT_CLOSED' || error?.code === 'CSV_MAX_RECORD_SIZE';
  const line = isEndless ? rowsEnd + 1 : Number(error?.['lines'] ?? 1);
  const [rule, message] = known[error?.code ?? ''] ?? [
    'csv-form',
    error ? say`The row cannot be read. Its reader says: "${error.message}"` : say`The row cannot be read.`,
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
