import type { Finding } from '#taxonomy';
import type { FileColumns } from './imported-row.ts';

/** Findings with the column of the field that they are about, where they have none yet. A parent that no column states follows from the code. */
export function inColumns(findings: readonly Finding[], columns: FileColumns): Finding[] {
  return findings.map((finding) => {
    const { line, column, field } = finding;
    if (line === undefined || column !== undefined || field === undefined) return finding;
    const found = columns.get(field) ?? (field === 'parent' ? columns.get('code') : undefined);
    return found === undefined ? finding : { ...finding, column: found };
  });
}
