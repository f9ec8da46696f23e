import { run, sql, type Executor, type Sql } from '#platform';
import { place, type Entries, type Entry, type PlacedEntry } from '#taxonomy';
import { entryColumns } from '../database/entry-row.ts';
import { atRevision } from './at-revision.ts';
import type { FoundRevision } from './find-revision.ts';

/** Entries of a revision that meet a condition on alias `e`, placed, in the order that is given. */
export async function readEntries(
  db: Executor,
  revision: FoundRevision,
  condition: Sql,
  rest: Sql = sql`order by e.code`,
): Promise<PlacedEntry[]> {
  const { found, entries } = await readWithAncestors(db, revision, condition, rest);
  return found.map((entry) => place(revision.edition, entries, entry));
}

/** The same, as they are, with all that stands above them; two statements, however many they are. */
export async function readWithAncestors(
  db: Executor,
  { schemeId, number }: FoundRevision,
  condition: Sql,
  rest: Sql,
): Promise<{ readonly found: readonly Entry[]; readonly entries: Entries }> {
  const found = await run<Entry>(
    db,
    sql`select ${entryColumns} from entry e where ${atRevision(schemeId, number)} and ${condition} ${rest}`,
  );
  const parents = [...new Set(found.flatMap(({ parentId }) => parentId ?? []))];
  const ancestors = await run<Entry>(
    db,
    sql`
    with recursive up(id) as (
      select unnest(${parents}::uuid[])
      union select e.parent_id from up join entry e on e.concept_id = up.id and ${atRevision(schemeId, number)}
      where e.parent_id is not null
    )
    select ${entryColumns} from up join entry e on e.concept_id = up.id and ${atRevision(schemeId, number)}`,
  );
  const entries = new Map([...ancestors, ...found].map((entry) => [entry.conceptId, entry]));
  return { found, entries };
}
