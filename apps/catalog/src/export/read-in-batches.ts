import { run, sql, type Executor } from '#platform';
import { groupByParent, placer, type ConceptId, type Entry, type PlacedEntry } from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';
import { atRevision } from '../reading/at-revision.ts';
import type { FoundRevision } from '../reading/find-revision.ts';

const batchSize = 1_000;

/**
 * All entries of a revision, parents before children, siblings by rank, in batches. Only where each stands is held for
 * the whole map (some 50 MB for 350,000); what they say is read batch by batch, which is safe because a revision never changes.
 */
export async function* readInBatches(
  db: Executor,
  { schemeId, number, edition }: FoundRevision,
): AsyncGenerator<PlacedEntry[]> {
  const live = atRevision(schemeId, number);
  const places = await run<Entry>(
    db,
    sql`
    select e.concept_id as "conceptId", e.code, e.parent_id as "parentId", e.rank
    from entry e where ${live}`,
  );
  const place = placer(edition, new Map(places.map((entry) => [entry.conceptId, entry])));
  const order = inOrder(places);
  for (let from = 0; from < order.length; from += batchSize) {
    const ids = order.slice(from, from + batchSize);
    const found = await run<Entry>(
      db,
      sql`select ${entryColumns} from entry e where ${live} and e.concept_id = any(${ids}::uuid[])`,
    );
    const entries = new Map(found.map((entry) => [entry.conceptId, entry]));
    yield ids.flatMap((id) => entries.get(id) ?? []).map(place);
  }
}

function inOrder(places: readonly Entry[]): ConceptId[] {
  const children = groupByParent(places);
  const ordered: ConceptId[] = [];
  const visit = (parent: ConceptId | null): void => {
    for (const { conceptId } of children.get(parent) ?? []) {
      ordered.push(conceptId);
      visit(conceptId);
    }
  };
  visit(null);
  return ordered;
}
