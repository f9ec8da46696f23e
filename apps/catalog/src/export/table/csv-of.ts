import { stringify } from 'csv-stringify/sync';
import type { csvQuerySchema } from '#contracts';
import type { PlacedEntry } from '#taxonomy';
import type { z } from 'zod';
import { headerOf, type Column } from '../../imports/formats/table/columns.ts';
import { cellsOf, type Cell } from './cells-of.ts';

export type CsvVariant = z.output<typeof csvQuerySchema>['variant'];

/** A spreadsheet may split at any of these, whatever the delimiter, and begin a formula behind it. */
export const mustBeQuoted = /^\s|[\r\n;,\t]|\s$/;

/** RFC 4180 in UTF-8, piece by piece, one row an entry in the order that is given (`docs/formats.md`). */
export async function* csvOf(
  columns: readonly Column[],
  batches: AsyncIterable<readonly PlacedEntry[]> | Iterable<readonly PlacedEntry[]>,
  variant: CsvVariant = 'standard',
): AsyncGenerator<string> {
  const options = {
    delimiter: variant === 'excel-it' ? ';' : ',',
    record_delimiter: 'windows',
    quoted_match: mustBeQuoted,
    cast: { boolean: String },
  };
  const text = (rows: readonly (readonly Cell[])[]) =>
    stringify(
      rows.map((row) => [...row]),
      options,
    );
  yield (variant === 'excel-it' ? '\uFEFF' : '') + text([columns.map((column) => headerOf(column))]);
  for await (const batch of batches) yield text(batch.map((entry) => cellsOf(columns, entry)));
}
