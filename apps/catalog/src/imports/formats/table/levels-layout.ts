import type { Edition } from '#contracts';
import { levelOf } from '#taxonomy';
import { firstWord, headingOf, levelNames } from '../../read-cells.ts';
import { levelCells } from './level-cells.ts';
import { findDamage } from './find-damage.ts';
import type { Layout } from './read-table.ts';
import type { TableRow } from './table.ts';

/**
 * A column a level, as the official map of processes has it: "A1.1 Pianificazione …" in each cell, a parent on the
 * first of its rows or repeated on each; a level without codes as a column of its own, or as a line that names it.
 * Null when the row is neither a header, nor such a line, nor has such a cell.
 */
export function levelsLayout(edition: Edition, first: TableRow): Layout | null {
  const { headingName, columnNames } = levelNames(edition);
  const isHeader = (cells: readonly string[]) => {
    const filled = cells.filter((cell) => cell !== '').map((cell) => cell.toLowerCase());
    const coded = filled.filter((cell) => columnNames.has(cell));
    return coded.length > 0 && filled.every((cell) => columnNames.has(cell) || cell === headingName);
  };
  const isEntry = (cell: string) => cell.includes(' ') && levelOf(edition, firstWord(cell)) !== null;
  const cells = trimmed(first);
  if (!isHeader(cells) && !cells.some((cell) => headingOf(cell, headingName) !== null || isEntry(cell)))
    return null;

  let headingColumn = -1;
  const found = levelCells(edition);
  return {
    end: () => found.end(),
    text(text, line) {
      const heading = headingOf(text, headingName);
      return heading === null ? [] : found.readHeading(heading, line, false);
    },
    read(row) {
      const damage = findDamage(row);
      const cells = trimmed(row);
      if (damage.length > 0)
        return [...damage.map((finding) => ({ finding })), { refused: [...cells, ...cells.map(firstWord)] }];
      if (isHeader(cells)) {
        headingColumn = cells.findIndex((cell) => cell.toLowerCase() === headingName);
        return [];
      }
      return cells.flatMap((cell, index) => {
        if (cell === '') return [];
        if (index === headingColumn) return found.readHeading(cell, row.line, true);
        const heading = headingOf(cell, headingName);
        if (heading !== null) return found.readHeading(heading, row.line, false);
        const column = headingColumn >= 0 && headingColumn < index ? index : index + 1;
        return found.readEntry(cell, row.line, column);
      });
    },
  };
}

const trimmed = ({ cells }: TableRow): string[] => cells.map((cell) => cell.trim());
