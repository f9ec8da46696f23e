import { run, sql, type Executor } from '#platform';

/** A part is a statement of a second or less: a process that stops in between loses one. */
const entriesAtOnce = 20_000;

interface Behind {
  readonly scheme: string;
  /** Of the revisions that the scheme has; numbers below 1 are history. */
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Files the words of entries whose revisions are not searched by the index yet, apart from their publication: by far most
 * of what Postgres would do for a new entry is to find its words. Two that file at once file each entry once.
 * @param scheme that alone; every one when left out
 */
export async function fileWords(
  db: Executor,
  { scheme, signal }: { readonly scheme?: string; readonly signal?: AbortSignal } = {},
): Promise<void> {
  const behind = await run<Behind>(
    db,
    sql`
    select * from (
      select scheme_id as scheme, min(number) as lowest, max(number) as highest from revision
      where ${scheme === undefined ? sql`true` : sql`scheme_id = ${scheme}`} group by scheme_id) there
    where not exists (
      select from words_filed f where f.scheme_id = there.scheme and f.lowest = there.lowest and f.highest = there.highest)`,
  );
  for (const each of behind) await fileScheme(db, each, signal);
}

async function fileScheme(
  db: Executor,
  { scheme, lowest, highest }: Behind,
  signal?: AbortSignal,
): Promise<void> {
  for (let after: Place | undefined = before; after;) {
    if (signal?.aborted) return;
    after = await filePart(db, scheme, after);
  }
  await run(
    db,
    sql`
    insert into words_filed (scheme_id, lowest, highest) values (${scheme}, ${lowest}, ${highest})
    on conflict (scheme_id) do update set
      lowest = least(words_filed.lowest, excluded.lowest), highest = greatest(words_filed.highest, excluded.highest)`,
  );
}

/** Of an entry among all of its scheme, in the order in which they are filed. */
interface Place {
  readonly conceptId: string;
  readonly fromRevision: number;
}

const before: Place = { conceptId: '00000000-0000-0000-0000-000000000000', fromRevision: 0 };

/** @returns the last entry of the part; undefined when nothing was left */
async function filePart(db: Executor, scheme: string, after: Place): Promise<Place | undefined> {
  const [last] = await run<Place>(
    db,
    sql`
    with part as (
      select e.concept_id, e.from_revision, e.titles from entry e left join words_filed f on f.scheme_id = e.scheme_id
      where e.scheme_id = ${scheme} and (f.lowest is null or e.from_revision < f.lowest or e.from_revision > f.highest)
        and (e.concept_id, e.from_revision) > (${after.conceptId}::uuid, ${after.fromRevision}::int)
      order by e.concept_id, e.from_revision limit ${entriesAtOnce}),
    written as (
      insert into entry_words (concept_id, from_revision, words)
      select concept_id, from_revision, to_tsvector('italian_plain', titles) from part
      on conflict do nothing)
    select concept_id as "conceptId", from_revision as "fromRevision" from part
    order by concept_id desc, from_revision desc limit 1`,
  );
  return last;
}
