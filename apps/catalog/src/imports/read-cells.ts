import type { Edition } from '#contracts';
import { codeFrom, levelOf, type Code, type Finding } from '#taxonomy';
import { say, type Sentence } from '#words';

/** One coded cell of the official text, as it stands there. */
export interface Cell {
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
  readonly code: Code;
  readonly depth: number;
  readonly title: string;
}

/** A line that opens a level without codes: the name of the level, a colon, and the name of the entry. */
export interface Heading {
  readonly line: number;
  readonly heading: string;
}

/**
 * Reads the text of the official document: headings, tables with one tab between columns, and a row of level names
 * above each table. The level of a cell comes from its code; a column that says otherwise is only noted.
 */
export function readCells(edition: Edition, text: string): { rows: (Cell | Heading)[]; findings: Finding[] } {
  const rows: (Cell | Heading)[] = [];
  const findings: Finding[] = [];
  const { headingName, columnNames } = levelNames(edition);
  let inTables = false;
  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((content, i) => {
      const line = i + 1;
      const heading = headingOf(content, headingName);
      if (heading !== null) {
        inTables = true;
        if (heading === '') findings.push(problem('heading-empty', line, say`The heading has no name.`));
        else rows.push({ line, heading });
        return;
      }
      const cells = content.split('\t').map((cell) => cell.trim());
      if (isHeader(cells, columnNames)) inTables = true;
      else if (inTables || cells.some((cell) => levelOf(edition, firstWord(cell)) !== null))
        cells.forEach((cell, c) => {
          if (cell === '') return;
          const { read, notes } = readCell(edition, cell, line, c + 1);
          findings.push(...notes);
          if (read) rows.push(read);
        });
    });
  const cells = rows.filter((row) => 'code' in row);
  findings.push(...findSwallowedCodes(edition, cells));
  return { rows, findings };
}

/** One cell of a table that has a column a level; `column` counts the columns of coded levels, from 1. */
export function readCell(
  edition: Edition,
  cell: string,
  line: number,
  column: number,
): { read: Cell | null; notes: Finding[] } {
  const code = codeFrom(firstWord(cell));
  const level = levelOf(edition, code);
  if (!level) {
    const message = say`The cell does not begin with a code of the map: "${shorten(cell)}".`;
    return { read: null, notes: [{ ...problem('cell-without-code', line, message), column }] };
  }
  const raw = cell.slice(code.length).trim();
  const title = plain(raw);
  const notes: Finding[] = [];
  const expected = columnOf(edition, level.depth);
  if (column !== expected)
    notes.push(
      note(
        'column-displaced',
        line,
        column,
        code,
        say`${code} stands in column ${column} instead of ${expected}.`,
      ),
    );
  if (title !== raw.normalize('NFC'))
    notes.push(
      note(
        'markup-removed',
        line,
        column,
        code,
        say`Markup or spaces inside the title of ${code} are left out.`,
      ),
    );
  return { read: { line, column, code, depth: level.depth, title }, notes };
}

/** A title that holds a code which stands nowhere else has swallowed the next cell; one that stands elsewhere is a reference. */
export function findSwallowedCodes(edition: Edition, cells: readonly Cell[]): Finding[] {
  const codes = new Set<string>(cells.map(({ code }) => code));
  return cells.flatMap(({ code, line, column, title }): Finding[] => {
    const lost = title
      .split(' ')
      .find((word) => word.includes(edition.separator) && !codes.has(word) && levelOf(edition, word));
    if (lost === undefined) return [];
    const message = say`The cell of ${code} holds a second code, ${lost}: a tab or a line is lost.`;
    return [{ ...problem('cell-with-two-codes', line, message), column, code }];
  });
}

/** Text without tags, in NFC, with single spaces. */
function plain(text: string): string {
  return text
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC');
}

/** The name in a line such as `➔ LEVEL: **NAME**`; null for any other text. */
export function headingOf(content: string, headingName: string | undefined): string | null {
  if (headingName === undefined) return null;
  const [, name, rest] = /^[^\p{L}\t]*([^:\t]+):(.*)$/u.exec(content) ?? [];
  if (name?.trim().toLowerCase() !== headingName || rest === undefined) return null;
  return plain(rest.replaceAll('*', ''));
}

/** Names of levels in lower case: of the one without codes, and of those with. */
export function levelNames(edition: Edition): { headingName: string | undefined; columnNames: Set<string> } {
  const nameOf = (level: Edition['levels'][number]) =>
    level.names[edition.source.language]?.toLowerCase() ?? '';
  const uncoded = edition.levels.find(({ pattern }) => pattern === undefined);
  return {
    headingName: uncoded && nameOf(uncoded),
    columnNames: new Set(edition.levels.filter(({ pattern }) => pattern !== undefined).map(nameOf)),
  };
}

function isHeader(cells: string[], columnNames: Set<string>): boolean {
  const filled = cells.filter((cell) => cell !== '');
  return filled.length > 0 && filled.every((cell) => columnNames.has(cell.toLowerCase()));
}

function columnOf(edition: Edition, depth: number): number {
  return edition.levels.filter((level) => level.pattern !== undefined && level.depth <= depth).length;
}

export const firstWord = (cell: string): string => /^\S*/.exec(cell)?.[0] ?? '';
const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const problem = (rule: string, line: number, message: Sentence): Finding => ({
  rule,
  severity: 'error',
  line,
  message,
});
const note = (rule: string, line: number, column: number, code: string, message: Sentence): Finding => ({
  rule,
  severity: 'note',
  line,
  column,
  code,
  message,
});
