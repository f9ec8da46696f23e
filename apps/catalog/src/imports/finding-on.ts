import type { Finding } from '#taxonomy';
import type { Sentence } from '#words';
import type { ImportedRow } from './imported-row.ts';

interface Of {
  readonly field: string;
  readonly severity?: Finding['severity'];
}

/** A finding on a row, an error when nothing else is said, with its place. */
export function findingOn(
  rule: string,
  row: ImportedRow,
  message: Sentence,
  { field, severity = 'error' }: Of,
): Finding {
  return { rule, severity, message, field, ...placeOf(row) };
}

/** Where a row stands, by its file and for people. */
export function placeOf({ line, column, code }: ImportedRow): Pick<Finding, 'line' | 'column' | 'code'> {
  return {
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(code === null ? {} : { code }),
  };
}
