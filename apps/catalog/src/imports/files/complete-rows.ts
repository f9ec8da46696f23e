import { z } from 'zod';
import type { ConceptId, Entry } from '#taxonomy';
import type { ImportedRow } from '../imported-row.ts';

/** Whether the file of an import holds only the rows that change. */
export function isPartial(options: unknown): boolean {
  return z.object({ partial: z.literal(true) }).safeParse(options).success;
}

/**
 * The rows of a file that holds only what changes, with every other entry of the base as it is.
 * @param base parents before children
 */
export function completeRows(
  rows: readonly ImportedRow[],
  base: ReadonlyMap<ConceptId, Entry>,
): ImportedRow[] {
  const ids = new Set(rows.flatMap(({ conceptId }) => conceptId ?? []));
  const named = new Set(
    rows.flatMap(({ conceptId, code, titles }) => (conceptId ? [] : [code ?? headingOf(titles)])),
  );
  const kept = [...base.values()].filter(
    ({ conceptId, code, titles }) => !ids.has(conceptId) && !named.has(code ?? headingOf(titles)),
  );
  for (const { conceptId } of kept) ids.add(conceptId);
  return [...rows, ...kept.map((entry) => rowOf(entry, base, ids))];
}

/** A parent whose row stands in the file without its id is found by its code, else by its title. */
function rowOf(
  { parentId, ...entry }: Entry,
  base: ReadonlyMap<ConceptId, Entry>,
  ids: ReadonlySet<ConceptId>,
): ImportedRow {
  const above = parentId === null ? undefined : base.get(parentId);
  const byName = above && !ids.has(above.conceptId) ? (above.code ?? headingOf(above.titles)) : parentId;
  return { ...entry, key: entry.conceptId, parent: byName, isKept: true };
}

const headingOf = (titles: Entry['titles']): string => Object.values(titles)[0]?.official ?? '';
