import { run, sql, type Executor } from '#platform';
import type { ConceptId, Finding } from '#taxonomy';
import type { ImportedRow } from '../imported-row.ts';

/**
 * Findings on the concept ids that a file states: one of another scheme is never accepted; one that nobody knows only
 * in the first import of a scheme, which may come from another installation; each only once.
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
  const seen = new Set<ConceptId>();
  return rows.flatMap((row): Finding[] => {
    const { conceptId } = row;
    if (conceptId === null) return [];
    const scheme = schemeOf.get(conceptId);
    const isRepeated = seen.has(conceptId);
    seen.add(conceptId);
    if (isRepeated) return [finding('concept-repeated', row, `The concept id ${conceptId} stands twice.`)];
    if (scheme === undefined && isFirst) return [];
    if (scheme === undefined)
      return [
        finding(
          'concept-unknown',
          row,
          `There is no concept ${conceptId}; leave the cell empty for a new entry.`,
        ),
      ];
    if (scheme === schemeId) return [];
    return [finding('concept-elsewhere', row, `The concept ${conceptId} belongs to another scheme.`)];
  });
}

function finding(rule: string, { line, column, code }: ImportedRow, message: string): Finding {
  return {
    rule,
    severity: 'error',
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(code === null ? {} : { code }),
  };
}
