import type { Finding } from '#taxonomy';
import type { Origin } from '../../origin.ts';

/** One row of a table, whatever the file is. A cell that a merged cell covers is empty. */
export interface TableRow {
  /** Line of a text file, row of a sheet; from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Places in `cells` that the file holds as numbers, so that zeros at the ends of a code are lost. */
  readonly numbers?: ReadonlySet<number>;
  /** Those of them that are shown as dates. */
  readonly dates?: ReadonlySet<number>;
}

/** Cells that are one: only the first has the value. */
export interface Merged {
  readonly line: number;
  readonly index: number;
  readonly rows: number;
  readonly columns: number;
}

export type TableRead =
  | { readonly row: TableRow }
  | { readonly merged: Merged }
  /** A paragraph between tables. */
  | { readonly text: string; readonly line: number }
  | { readonly finding: Finding }
  /** Names of rows that cannot be read. */
  | { readonly refused: readonly string[] }
  | { readonly origin: Origin }
  /** Names of the sheets beside the one that is read. */
  | { readonly otherSheets: readonly string[] };

/** Rows in batches, because one step of a stream for each of 350,000 rows costs more than reading them. */
export type Table = AsyncIterable<readonly TableRead[]>;

/** More columns than any map needs: a file with more is not one. */
export const mostColumns = 1_000;
/** Characters of one cell; what an entry may say is checked later, and is far less. */
export const longestText = 100_000;
/** Characters of one row of a text file, or of one text inside a document. */
export const longestRow = 1_048_576;
