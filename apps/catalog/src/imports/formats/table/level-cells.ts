import type { Edition } from '#contracts';
import type { Code, Finding } from '#taxonomy';
import { say, type Sentence } from '#words';
import type { ImportedRow, Read } from '../../imported-row.ts';
import { findSwallowedCodes, readCell, type Cell } from '../../read-cells.ts';
import { headingKeeper, type UnderHeading } from '../../under-headings.ts';

/** Turns headings and coded cells, in the order of a document, into entries; a code that is repeated gives one. */
export function levelCells(edition: Edition) {
  const { language } = edition.source;
  const headings = headingKeeper(edition);
  const seen = new Map<Code, Cell>();
  return {
    readHeading(text: string, line: number, mayRepeat: boolean): Read[] {
      if (mayRepeat && headings.isCurrent(text)) return [];
      if (text === '') return [{ finding: error('heading-empty', line, say`The heading has no name.`) }];
      const findings = headings.open(text, line);
      if (findings.length > 0) return asReads(findings);
      return [{ row: { ...titled(language, text), key: text, code: null, parent: null, line } }];
    },
    readEntry(text: string, line: number, column: number): Read[] {
      const { read, notes } = readCell(edition, text, line, column);
      if (!read) return asReads(notes);
      const first = seen.get(read.code);
      if (first) return first.title === read.title ? [] : [{ finding: contradicted(first, read) }];
      seen.set(read.code, read);
      const placed = headings.place(read);
      return [...asReads([...notes, ...placed.findings]), { row: entryRow(language, read, placed) }];
    },
    end: (): Read[] => asReads(findSwallowedCodes(edition, [...seen.values()])),
  };
}

function entryRow(language: string, { code, title, line, column }: Cell, placed: UnderHeading): ImportedRow {
  const isUnstated = Object.keys(placed.attributes).length > 0;
  const parent = placed.heading ?? (isUnstated ? null : undefined);
  const { attributes } = placed;
  return { ...titled(language, title), key: code, code, parent, attributes, line, column };
}

function titled(language: string, title: string) {
  const titles = title === '' ? {} : { [language]: { official: title } };
  return { titles, notes: {}, attributes: {}, conceptId: null, rank: null };
}

function contradicted(first: Cell, { code, line, column }: Cell): Finding {
  const message = say`${code} stands already on line ${first.line}, with another title.`;
  return { ...error('code-duplicate', line, message), code, column };
}

const error = (rule: string, line: number, message: Sentence): Finding => ({
  rule,
  severity: 'error',
  line,
  message,
});
const asReads = (findings: readonly Finding[]): Read[] => findings.map((finding) => ({ finding }));
