import type { Finding } from '#taxonomy';
import { say } from '#words';
import { findingOn } from './finding-on.ts';
import type { ImportedRow } from './imported-row.ts';

/** A finding on every row that states the concept id of a row before it. */
export function repeatedIdentities(rows: readonly ImportedRow[]): Finding[] {
  const first = new Map<string, ImportedRow>();
  return rows.flatMap((row): Finding[] => {
    if (row.conceptId === null) return [];
    const met = first.get(row.conceptId);
    if (!met) {
      first.set(row.conceptId, row);
      return [];
    }
    const message = say`The concept id ${row.conceptId} stands already on line ${met.line ?? '?'}.`;
    return [findingOn('concept-repeated', row, message, { field: 'concept_id' })];
  });
}
