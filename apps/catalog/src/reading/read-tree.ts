import { sql, type Executor } from '#platform';
import { groupByParent, type ConceptId, type PlacedEntry } from '#taxonomy';
import type { FoundRevision } from './find-revision.ts';
import { readEntries } from './read-entries.ts';

export interface TreeNode extends PlacedEntry {
  readonly children: readonly TreeNode[];
}

/** All entries of a revision, parents before children, siblings by rank. */
export async function readOrdered(db: Executor, revision: FoundRevision): Promise<PlacedEntry[]> {
  const children = groupByParent(await readEntries(db, revision, sql`true`));
  const ordered: PlacedEntry[] = [];
  const visit = (parent: ConceptId | null): void => {
    for (const entry of children.get(parent) ?? []) {
      ordered.push(entry);
      visit(entry.conceptId);
    }
  };
  visit(null);
  return ordered;
}

/** The same as nested nodes. */
export function nest(entries: readonly PlacedEntry[]): TreeNode[] {
  const children = groupByParent(entries);
  const below = (parent: ConceptId | null): TreeNode[] =>
    (children.get(parent) ?? []).map((entry) => ({ ...entry, children: below(entry.conceptId) }));
  return below(null);
}
