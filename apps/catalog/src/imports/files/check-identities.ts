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
  const elsewhere: ImportedRow[] = [];
  const findings = rows.flatMap((row): Finding[] => {
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
          { field: 'concept_id' },
        ),
      ];
    if (scheme !== schemeId) elsewhere.push(row);
    return [];
  });
  return [...findings, ...fromElsewhere(elsewhere)];
}

/** One finding for all of them: it is one mistake, and there is one way to mend it. */
function fromElsewhere(rows: readonly ImportedRow[]): Finding[] {
  const [first] = rows;
  if (!first) return [];
  const what =
    rows.length === 1
      ? say`The concept ${first.conceptId ?? '?'} belongs to another scheme.`
      : say`${rows.length} rows, this one the first, have concepts that belong to another scheme.`;
  const message = say`${what} To copy a map, take its file for editing (edit.xlsx), empty the column of ids, and import that.`;
  return [findingOn('concept-elsewhere', first, message, { field: 'concept_id' })];
}
