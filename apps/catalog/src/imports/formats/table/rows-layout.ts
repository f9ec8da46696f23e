import type { Edition } from '#contracts';
import type { Finding } from '#taxonomy';
import { say } from '#words';
import type { FileColumns } from '../../imported-row.ts';
import {
  attributeTypes,
  badLanguageOf,
  badTypeOf,
  columnOf,
  fieldOf,
  headerOf,
  type Column,
} from './columns.ts';
import type { Layout } from './read-table.ts';
import { headerFrom } from './header.ts';
import { problem, shorten } from './problem.ts';
import { rowReader } from './row-reader.ts';
import type { Merged, TableRow } from './table.ts';
import type { TableOptions } from './table-options.ts';

/**
 * A row an entry, columns named by a header: our own exports and the file for editing (with a column of concept ids),
 * or code, title and parent, or a path. Null when the row is no such header.
 */
export function rowsLayout(edition: Edition, options: TableOptions, header: TableRow): Layout | null {
  const language = options.language ?? edition.source.language;
  const columns = header.cells.map((cell) => columnOf(cell, language, options.columns, edition.attributes));
  if (!isHeader(columns)) return null;
  const read = rowReader(headerFrom(columns), language, options.pathSeparator);
  const isHeaderAgain = ({ cells }: TableRow) =>
    cells.length === columns.length && cells.every((cell, i) => cell === header.cells[i]);
  return {
    read(row) {
      if (row === header)
        return [
          { columns: placesOf(columns, language) },
          ...checkHeader(header, columns, edition, language).map((finding) => ({ finding })),
        ];
      return isHeaderAgain(row) ? [] : read(row);
    },
    merged: (cells) => (cells.line > header.line ? [{ finding: mergedCells(cells) }] : []),
    end: () => [],
  };
}

/** A path has both the title of an entry and its parent. */
function placesOf(columns: readonly (Column | null)[], language: string): FileColumns {
  const places = new Map<string, number>();
  columns.forEach((column, i) => {
    if (column) places.set(fieldOf(column), i + 1);
  });
  const path = places.get('path');
  if (path !== undefined)
    for (const field of ['parent', `title:${language}`]) places.set(field, places.get(field) ?? path);
  return places;
}

function isHeader(columns: readonly (Column | null)[]): boolean {
  const kinds = new Set(columns.flatMap((column) => column?.kind ?? []));
  return (
    kinds.has('path') ||
    kinds.has('conceptId') ||
    (kinds.size > 1 && (kinds.has('code') || kinds.has('title')))
  );
}

function checkHeader(
  { line, cells }: TableRow,
  columns: readonly (Column | null)[],
  { attributes = [] }: Edition,
  language: string,
): Finding[] {
  const hasTitle = columns.some((column) => column?.kind === 'title' && column.language === language);
  const seen = new Map<string, number>();
  return columns.flatMap((column, index): Finding[] => {
    const cell = cells[index]?.trim() ?? '';
    if (!column && cell === '') return [];
    const tag = column ? null : badLanguageOf(cell);
    if (tag !== null) {
      const message = say`The column "${shorten(cell)}" would hold titles in the language "${shorten(tag)}", which is no tag of a language; write "it" or "en", such as "titolo [it]".`;
      return [problem('column-language', { line, index }, message, hasTitle ? 'warning' : 'error')];
    }
    if (!column) {
      const message = say`The column "${shorten(cell)}" is not known and is not read.`;
      return [problem('column-unknown', { line, index }, message, 'warning')];
    }
    const type = badTypeOf(cell);
    if (
      type !== null &&
      column.kind === 'attribute' &&
      !attributes.some(({ name }) => name === column.name)
    ) {
      const message = say`The column "${shorten(cell)}" ends with "${shorten(type)}", which is no type of an attribute; write one of ${attributeTypes.join(', ')}, or none.`;
      return [problem('column-type', { line, index }, message)];
    }
    const name = headerOf(column);
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, index + 1);
      return [];
    }
    const message = say`Columns ${first} and ${index + 1} both hold "${name}".`;
    return [problem('column-repeated', { line, index }, message)];
  });
}

function mergedCells({ line, index, rows }: Merged): Finding {
  const message =
    rows > 1
      ? say`A cell is merged over ${rows} rows, but each row is an entry of its own. Undo it, and fill every row.`
      : say`A cell is merged over columns. Undo it, and fill each column.`;
  return problem('cells-merged', { line, index }, message);
}
