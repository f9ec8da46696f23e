import type { Merged } from '../table/table.ts';

/** `AB12` -> line 12, index 27; null for what is no cell of a sheet (at most XFD1048576). */
export function parseReference(reference: string): { line: number; index: number } | null {
  const [, letters, digits] = /^\$?([A-Z]{1,3})\$?([1-9]\d{0,6})$/.exec(reference) ?? [];
  if (letters === undefined) return null;
  const column = Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { line: Number(digits), index: column - 1 };
}

export function parseRange(range: string): Merged | null {
  const [from, to] = range.split(':').map(parseReference);
  if (!from || !to) return null;
  return {
    line: from.line,
    index: from.index,
    rows: to.line - from.line + 1,
    columns: to.index - from.index + 1,
  };
}

/** 27 -> `AB` */
export function columnName(index: number): string {
  const before = Math.floor(index / 26);
  return (before > 0 ? columnName(before - 1) : '') + String.fromCharCode(65 + (index % 26));
}
