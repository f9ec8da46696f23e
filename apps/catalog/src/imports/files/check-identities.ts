import { run, sql, type Executor } from '#platform';
import type { ConceptId, Finding } from '#taxonomy';
import { say } from '#words';
import { findingOn } from '../finding-on.ts';
import type { ImportedRow } from '../imported-row.ts';

/**
 * Findings on the concept ids that a file states: one of another scheme is never accepted; one that nobody knows only
 * in the first import of a scheme, which may come from another installation.
 */
export async function checkIdentities(
  db: Executor,
  schemeId: string,
  isFirst: boolean,
  rows: readonly ImportedRow[],
): Promise<Finding[]> {
  const stated = rows.flatMap(({ conceptId }) => conceptId ?? []);
  if (stated.length === 0) return [];
  const known = await run<{ id: ConceptId; schemeId: string }>(
    db,
    sql`select id, scheme_id as "schemeId" from concept where id = any(${stated}::uuid[])`,
  );
  const schemeOf = new Map(known.map((concept) => [concept.id, concept.schemeId]));
  return rows.flatMap((row): Finding[] => {
    const { conceptId } = row;
    if (conceptId === null) return [];
    const scheme = schemeOf.get(conceptId);
    if (scheme === undefined && isFirst) return [];
    if (scheme === undefined)
      return [
        findingOn(
          'concept-unknown',
          row,
          say`There is no concept ${conceptId}; leave the cell empty for a new entry.`,
        ),
      ];
    if (scheme === schemeId) return [];
    return [findingOn('concept-elsewhere', row, say`The concept ${conceptId} belongs to another scheme.`)];
  });
}
