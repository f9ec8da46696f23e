import { say, type Sentence } from '#words';
import { codeFrom, conceptIdFrom, hasError, longestName, type Finding } from '#taxonomy';
import type { FileRule } from '../file-rules.ts';
import type { ImportedRow, Read } from '../../imported-row.ts';
import type { PlainKind } from './columns.ts';
import { findDamage } from './find-damage.ts';
import type { Header } from './header.ts';
import { problem, shorten } from './problem.ts';
import { readAsked } from './read-asked.ts';
import { readAttributes } from './read-attributes.ts';
import { readTexts } from './read-texts.ts';
import type { TableRow } from './table.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads rows below a header, each for itself; a row with an error gives no entry. */
export function rowReader(
  header: Header,
  language: string,
  pathSeparator: string,
): (row: TableRow) => Read[] {
  return (row) => {
    if (row.cells.every((cell) => cell.trim() === '')) return [];
    const { imported, names, code, findings } = readRow(header, language, pathSeparator, row);
    return [
      ...findings.map((finding) => ({ finding: withEntry(header, code, finding) })),
      imported ? { row: imported } : { refused: names },
    ];
  };
}

function readRow(
  header: Header,
  language: string,
  pathSeparator: string,
  row: TableRow,
): { imported: ImportedRow | null; names: string[]; code: string; findings: Finding[] } {
  const cell = (kind: PlainKind) => header.textOf(row.cells[header.places.get(kind) ?? -1] ?? '');
  const [id, code, rank] = [cell('conceptId').trim().toLowerCase(), cell('code'), cell('rank').trim()];
  const level = cell('level').trim();
  const path = cell('path')
    .split(pathSeparator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const { titles, notes, findings: ofTexts } = readTexts(header, row);
  const { attributes, findings: ofAttributes } = readAttributes(header, row);
  const asked = readAsked(cell('change'), cell('reason'));
  const last = path.at(-1);
  if (last !== undefined) titles[language] ??= { official: last };
  const heading = (titles[language] ?? Object.values(titles)[0])?.official;
  const key = id || (path.length > 0 ? keyOf(path) : code || heading);
  const findings = [...findDamage(row), ...checkWidth(header, row), ...ofTexts, ...ofAttributes];
  const check = (
    isWrong: boolean,
    kind: PlainKind,
    rule: FileRule,
    message: Sentence,
    severity?: 'warning',
  ) => {
    if (isWrong)
      findings.push(problem(rule, { line: row.line, index: header.places.get(kind) }, message, severity));
  };
  check(!key, 'code', 'row-without-name', say`The row has neither a code nor a title.`);
  check(
    id !== '' && !uuid.test(id),
    'conceptId',
    'concept-id-form',
    say`"${shorten(id)}" is not a concept id.`,
  );
  check(rank !== '' && !isRank(rank), 'rank', 'rank-form', say`"${shorten(rank)}" is not a whole number.`);
  check(
    asked === null,
    'change',
    'change-unknown',
    say`"${shorten(cell('change'))}" is none of "cessare", "eliminare", "mantenere" (retire, keep).`,
  );
  for (const index of row.dates ?? [])
    if (header.isRead(index)) {
      const message = say`The spreadsheet holds a date here, not a text (${row.cells[index] ?? ''}). Format the column as text and type it anew.`;
      findings.push(problem('cell-date', { line: row.line, index }, message));
    }
  check(
    code !== '' &&
      !row.dates?.has(header.places.get('code') ?? -1) &&
      (row.numbers?.has(header.places.get('code') ?? -1) ?? false),
    'code',
    'code-as-number',
    say`The code ${code} is held as a number, which drops zeros; format the column as text.`,
    'warning',
  );
  const names = [key, id, code, code === '' ? heading : ''].flatMap((name) => name || []);
  if (!key || hasError(findings)) return { imported: null, names, code, findings };
  const imported: ImportedRow = {
    key,
    conceptId: id === '' ? null : conceptIdFrom(id),
    code: code === '' ? null : codeFrom(code),
    parent: path.length > 0 ? placeOf(path, cell('parent')) : parentOf(header, cell('parent'), id, code),
    ...(level === '' ? {} : { level }),
    rank: rank === '' ? null : Number(rank),
    titles,
    notes,
    attributes,
    line: row.line,
    ...(asked ? { asked } : {}),
  };
  return { imported, names, code, findings };
}

/** A finding with the code of its row, and the part of the entry that stands in its cell. */
function withEntry({ fieldAt }: Header, code: string, finding: Finding): Finding {
  const field = finding.column === undefined ? undefined : fieldAt(finding.column - 1);
  return {
    ...finding,
    ...(code === '' ? {} : { code: code.slice(0, longestName) }),
    ...(field === undefined ? {} : { field }),
  };
}

/** What stands before the last part of a path; null: at the top. */
const placeOf = (path: readonly string[], cell: string): string | null =>
  path.length > 1 ? keyOf(path.slice(0, -1)) : cell || null;

/** An empty cell of our own files, or of a row without a code, says "at the top"; elsewhere the code tells. */
function parentOf(header: Header, cell: string, id: string, code: string): string | null | undefined {
  if (cell !== '') return cell;
  return header.places.has('parent') && (id !== '' || code === '') ? null : undefined;
}

function checkWidth({ width }: Header, { line, cells }: TableRow): Finding[] {
  const index = cells.findIndex((cell, i) => i >= width && cell.trim() !== '');
  if (index < 0) return [];
  return [
    problem(
      'row-too-long',
      { line, index },
      say`The row has more cells than the header, which has ${width}. In a CSV a text that holds the separator stands in quotes.`,
    ),
  ];
}

const keyOf = (path: readonly string[]): string => path.join(' > ');

/** Of a Postgres int. */
function isRank(text: string): boolean {
  return /^-?\d{1,10}$/.test(text) && Number(text) === (Number(text) | 0);
}
