import type { Finding } from '#taxonomy';
import type { Sentence } from '#words';
import type { ImportedRow } from './imported-row.ts';

/** An error on a row, with its place. */
export function findingOn(rule: string, { line, column, code }: ImportedRow, message: Sentence): Finding {
  return {
    rule,
    severity: 'error',
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(code === null ? {} : { code }),
  };
}
