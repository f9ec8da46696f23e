import type { SQLOutputValue } from 'node:sqlite';

/** One row of a result, by column. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  if (value === null || typeof value === 'string') return value;
  throw new TypeError(`column ${column} holds no text`);
}

export function text(row: Row, column: string): string {
  const value = textOrNull(row, column);
  if (value === null) throw new TypeError(`column ${column} is empty`);
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column];
  if (value === null || typeof value === 'number') return value;
  throw new TypeError(`column ${column} holds no number`);
}

export function number(row: Row, column: string): number {
  const value = numberOrNull(row, column);
  if (value === null) throw new TypeError(`column ${column} is empty`);
  return value;
}
