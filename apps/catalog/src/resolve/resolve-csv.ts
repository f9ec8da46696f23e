import { isUtf8 } from 'node:buffer';
import { refuse, type Refusal } from '#platform';
import { eitherOf, inWords, say, type Language, type Sentence } from '#words';
import { csvField, cutAfter, delimiterOf, fieldsOf, isOpen } from './csv-field.ts';
import type { LineAnswer, LineAnswers } from './line-answers.ts';
import { longestRecord, RecordSplitter, type Line } from './record-splitter.ts';

/** What is appended to each record. Several codes or concepts stand in one field, with a bar between. */
export const answerColumns = [
  'resolved_status',
  'resolved_codes',
  'resolved_concepts',
  'choice_needed',
  'resolved_note',
] as const;

export interface CsvLayout {
  /** Excel's line `sep=;`, with its end, where the file begins with one. */
  readonly sep: string;
  readonly header: string;
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly columns: number;
  readonly codeColumn: number;
  readonly fromColumn: number | undefined;
}

const codeNames = ['code', 'codice', 'cod', 'cod.'];

/** The first line as Excel may write it, which names the delimiter; the header comes behind it. */
export const sepLine = /^(?:\xef\xbb\xbf)?sep=([;,\t|])\r?$/i;

/**
 * Finds delimiter and columns in the header.
 * @param sep the line before it, where it says the delimiter
 */
export function layoutOf(
  firstLine: string,
  { column, fromColumn }: { readonly column?: string | undefined; readonly fromColumn?: string | undefined },
  sep: string | null = null,
): CsvLayout | Refusal {
  const lineEnd = firstLine.endsWith('\r') ? '\r\n' : '\n';
  const header = inUtf8(firstLine.replace(/\r$/, ''));
  const delimiter = (sep === null ? null : sepLine.exec(sep)?.[1]) ?? delimiterOf(header);
  if (isOpen(header, delimiter))
    return refuse('csv-quotes', { title: say`The header cannot be read`, detail: neverClosed });
  const names = fieldsOf(toText(header).replace(/^\uFEFF/, ''), delimiter).map((name) => name.trim());
  const taken = answerColumns.filter((name) => names.includes(name));
  if (taken.length > 0) return columnsTaken(taken);
  const find = (wanted: string): number =>
    names.findIndex((name) => name.toLowerCase() === wanted.toLowerCase());
  const codeColumn =
    column === undefined ? names.findIndex((name) => codeNames.includes(name.toLowerCase())) : find(column);
  if (codeColumn < 0) return noColumn(column ?? 'code', names);
  const from = fromColumn === undefined ? undefined : find(fromColumn);
  if (from === -1) return noColumn(fromColumn ?? '', names);
  return {
    sep: sep === null ? '' : `${sep}\n`,
    header,
    delimiter,
    lineEnd,
    columns: names.length,
    codeColumn,
    fromColumn: from,
  };
}

function columnsTaken(names: readonly string[]): Refusal {
  return refuse('columns-taken', {
    title: say`The header has columns of the answer already`,
    detail: say`They would stand there twice: ${names.join(', ')}. Take them out, or give them other names.`,
  });
}

const neverClosed = say`A quotation mark is opened and never closed.`;

function noColumn(wanted: string, names: readonly string[]): Refusal {
  return refuse('column-not-found', {
    title: say`The column is not in the header`,
    detail: say`There is no column "${wanted}"; the header has: ${names.slice(0, 50).join(', ').slice(0, 1_000)}. Say which it is with ?column=…`,
  });
}

/**
 * Reads pieces until the first line is whole. Bytes are one character each (latin1), so that pieces may end
 * anywhere, and the caller's other columns come back to the byte where they are in UTF-8.
 * @param pieces are read on by `resolveCsv`
 * @param before what was read of them already
 * @returns the first line, null when it is too long, and what came behind it
 */
export async function readFirstLine(
  pieces: AsyncIterator<Buffer>,
  before = '',
): Promise<{ readonly line: Line; readonly rest: string }> {
  for (let text = before; ;) {
    const end = endOfRecord(text);
    if (end >= 0) return { line: text.slice(0, end), rest: text.slice(end + 1) };
    if (text.length > longestRecord) return { line: null, rest: '' };
    const piece = await pieces.next();
    if (piece.done) return { line: text === '' ? null : text, rest: '' };
    text += piece.value.toString('latin1');
  }
}

/** Where the first line feed outside quoted fields stands, whatever the delimiter; -1 when there is none yet. */
function endOfRecord(text: string): number {
  for (const { 0: part, index } of text.matchAll(quotedOrEnd)) if (part === '\n') return index;
  return -1;
}

/** A quoted field at the start of the text, behind a byte order mark (UTF-8) or a delimiter; or a line feed. */
const quotedOrEnd = /(?<=^(?:\xef\xbb\xbf)?|[;,\t|])"[^"]*(?:""[^"]*)*(?:"|$)|\n/g;

/** Each record as it came, with the answer's columns appended. @param rest what was read behind the header */
export async function* resolveCsv(
  pieces: AsyncIterator<Buffer>,
  rest: string,
  layout: CsvLayout,
  answers: LineAnswers,
): AsyncGenerator<Buffer> {
  const { sep, header, delimiter, lineEnd } = layout;
  yield Buffer.from(`${sep}${header}${delimiter}${answerColumns.join(delimiter)}${lineEnd}`, 'latin1');
  const splitter = new RecordSplitter(delimiter);
  const answerAll = (lines: readonly Line[]): Buffer =>
    Buffer.from(lines.map((line) => answerRecord(line, layout, answers)).join(''), 'latin1');
  const first = splitter.push(rest);
  if (first.length > 0) yield answerAll(first);
  for (let piece = await pieces.next(); !piece.done; piece = await pieces.next()) {
    const lines = splitter.push(piece.value.toString('latin1'));
    if (lines.length > 0) yield answerAll(lines);
  }
  const last = splitter.end();
  if (last.length > 0) yield answerAll(last);
}

/**
 * Each answer stands in its column: a record with fewer fields than the header is filled up, what one has in excess
 * comes behind the answer, and a quotation mark that is never closed is closed.
 */
function answerRecord(line: Line, layout: CsvLayout, answers: LineAnswers): string {
  const { delimiter, lineEnd, columns, codeColumn, fromColumn } = layout;
  if (line === null)
    return `${delimiter.repeat(columns)}${answers.invalid(say`The record is longer than 1 MiB.`)}${lineEnd}`;
  const record = inUtf8(line.endsWith('\r') ? line.slice(0, -1) : line);
  if (record === '') return lineEnd;
  if (isOpen(record, delimiter))
    return invalidRecord(`${record}"`, fieldsOf(record, delimiter).length, neverClosed);
  const fields = fieldsOf(record, delimiter);
  if (fields.length > columns)
    return invalidRecord(
      record,
      fields.length,
      say`The record has ${fields.length} fields, the header has ${columns}.`,
    );
  const [code, from] = [fields[codeColumn], fromColumn === undefined ? undefined : fields[fromColumn]];
  const answer = answers.answer(code && toText(code), from ? toText(from) : undefined);
  return `${record}${delimiter.repeat(columns - fields.length + 1)}${answer}${lineEnd}`;

  function invalidRecord(closed: string, length: number, wrong: Sentence): string {
    const { first, more } = cutAfter(closed, columns, delimiter);
    const missing = delimiter.repeat(Math.max(columns - length, 0));
    return `${first}${missing}${delimiter}${answers.invalid(wrong)}${more === null ? '' : delimiter + more}${lineEnd}`;
  }
}

/** The answer's columns, as bytes in UTF-8. */
export function csvAnswer(delimiter: string, language: Language): (answer: LineAnswer) => string {
  return (answer) => {
    if (!('results' in answer)) return row([answer.status, '', '', '', answer.error]);
    const { status, results, choiceNeeded } = answer;
    const codes = results.map(({ code }) => code ?? '').join('|');
    const concepts = results.map(({ conceptId }) => conceptId).join('|');
    return row([status, codes, concepts, String(choiceNeeded), noteOf(answer, language)]);
  };

  function row(fields: readonly string[]): string {
    const text = fields.map((field) => csvField(field, delimiter)).join(delimiter);
    return Buffer.from(text).toString('latin1');
  }
}

const mostNamed = 20;

/** Parts that have no successor beside those that have one; who reads codes alone would not see them. */
function leftOver({ status, ended, from, to }: Extract<LineAnswer, { results: unknown }>): Sentence[] {
  if (ended.length === 0 || status === 'retired' || status === 'created') return [];
  const names = ended
    .slice(0, mostNamed)
    .map(({ code, title, conceptId }) => code ?? title ?? conceptId)
    .join(', ');
  return [
    from && from.revision > to.revision
      ? say`a part had not begun: ${names}`
      : say`a part ended without a successor: ${names}`,
  ];
}

function noteOf(answer: Extract<LineAnswer, { results: unknown }>, language: Language): string {
  const { status, near = [], carried = [], continues, path } = answer;
  const ended = status === 'retired' ? path.at(-1)?.revision : undefined;
  const notes = [
    ...(ended === undefined ? [] : [say`ended with revision ${ended}`]),
    ...(continues ? [say`goes on beside its successors`] : []),
    ...leftOver(answer),
    ...(near.length > 0 ? [say`perhaps ${eitherOf(near)}`] : []),
    ...carried.map(whenInUse),
  ];
  return notes.map((note) => inWords(note, language)).join('; ');
}

function whenInUse({ from, through }: { readonly from: number; readonly through: number | null }): Sentence {
  if (through === null) return say`the code is in use since revision ${from}`;
  return from === through
    ? say`the code was in use in revision ${from}`
    : say`the code was in use from revision ${from} to ${through}`;
}

/** The answer is in UTF-8 throughout, whatever the caller's records are in. */
function inUtf8(bytes: string): string {
  return ascii.test(bytes) ? bytes : Buffer.from(toText(bytes)).toString('latin1');
}

// oxlint-disable-next-line no-control-regex
const ascii = /^[\x00-\x7f]*$/;

/** UTF-8, or else the encoding of Windows, in which Excel saves. */
function toText(bytes: string): string {
  if (ascii.test(bytes)) return bytes;
  const encoded = Buffer.from(bytes, 'latin1');
  return isUtf8(encoded) ? encoded.toString() : new TextDecoder('windows-1252').decode(encoded);
}
