import { say, type Sentence } from '#words';
import type { AttributeValue, Finding } from '#taxonomy';
import type { AttributeType } from './columns.ts';
import type { Header } from './header.ts';
import { problem, shorten } from './problem.ts';
import type { TableRow } from './table.ts';

/** Attributes of a row, each of the type that its column states. An empty cell is no attribute. */
export function readAttributes(
  { attributes, textOf, isOurs }: Header,
  { line, cells }: TableRow,
): { attributes: Record<string, AttributeValue>; findings: Finding[] } {
  const values: [string, AttributeValue][] = [];
  const findings: Finding[] = [];
  for (const { name, type, i } of attributes) {
    const cell = cells[i] ?? '';
    if (cell === '' || (!isOurs && cell.trim() === '')) continue;
    const value = type === 'text' ? textOf(cell) : parse[type](cell.trim());
    if (value !== null || type === 'text') values.push([name, value ?? '']);
    else findings.push(problem('attribute-form', { line, index: i }, notOfType[type](shorten(cell), name)));
  }
  return { attributes: Object.fromEntries(values), findings };
}

const parse: Record<Exclude<AttributeType, 'text'>, (cell: string) => AttributeValue | null> = {
  integer: (cell) => (/^-?\d+$/.test(cell) && Number.isSafeInteger(Number(cell)) ? Number(cell) : null),
  boolean: (cell) => booleans.get(cell.toLowerCase()) ?? null,
};

const booleans = new Map([
  ...['true', 'vero', 'sì', 'si', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'falso', 'no', '0'].map((word) => [word, false] as const),
]);

const notOfType: Record<Exclude<AttributeType, 'text'>, (cell: string, name: string) => Sentence> = {
  integer: (cell, name) => say`"${cell}" is not a whole number (${name}).`,
  boolean: (cell, name) => say`"${cell}" is not true or false (vero, falso) (${name}).`,
};
