import { eachApart, inTransaction, run, sql, type Executor } from '#platform';
import type { DataSource } from 'typeorm';

const entriesAtOnce = 20_000;

export interface Filing {
  readonly signal?: AbortSignal;
  /** Called after each part, which takes a second or less. */
  readonly turned?: () => void;
}

/**
 * Files the words of every revision that is not searched by the index yet, apart from its publication: by far most of what
 * Postgres would do for a new entry is to find its words. A revision is filed whole or not at all, by one process at a time.
 * A scheme that fails keeps no other from being filed.
 * @throws AggregateError with what each scheme threw
 */
export async function fileWords(db: DataSource, filing: Filing = {}): Promise<void> {
  const behind = await run<{ scheme: string }>(
    db,
    sql`
    select distinct r.scheme_id as scheme from revision r left join words_filed f on f.scheme_id = r.scheme_id
    where ${isUnfiled}`,
  );
  await eachApart(behind, async ({ scheme }) => {
    try {
      while (!filing.signal?.aborted && (await fileNext(db, scheme, filing)));
    } catch (cause) {
      if (!filing.signal?.aborted) throw new Error(`words of ${scheme} cannot be filed`, { cause });
    }
  });
}

/** Of a revision `r`, beside what is filed of its scheme, `f`: upwards from the first that was filed, and down into history. */
const isUnfiled = sql`(f.scheme_id is null or r.number > f.highest or r.number < f.lowest)`;

/** @returns whether a revision was filed; not when none is left, another process files, or it was told to stop */
async function fileNext(db: DataSource, scheme: string, { signal, turned }: Filing): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const [lock] = await run<{ isOurs: boolean }>(
      transaction,
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`words of ${scheme}`}, 0)) as "isOurs"`,
    );
    if (!lock?.isOurs) return false;
    const [next] = await run<{ number: number }>(
      transaction,
      sql`
      select r.number from revision r left join words_filed f on f.scheme_id = r.scheme_id
      where r.scheme_id = ${scheme} and ${isUnfiled}
      order by r.number < f.lowest, abs(r.number - f.highest), r.number limit 1`,
    );
    if (!next) return false;
    let last: string | undefined;
    do {
      last = await filePart(transaction, scheme, next.number, last);
      turned?.();
      // What is half done is taken back, and begun again by whoever comes next.
      signal?.throwIfAborted();
    } while (last !== undefined);
    await run(
      transaction,
      sql`
      insert into words_filed (scheme_id, lowest, highest) values (${scheme}, ${next.number}, ${next.number})
      on conflict (scheme_id) do update set
        lowest = least(words_filed.lowest, excluded.lowest), highest = greatest(words_filed.highest, excluded.highest)`,
    );
    return true;
  });
}

/** @returns the concept of the last entry of the part; undefined when nothing was left */
async function filePart(
  db: Executor,
  scheme: string,
  revision: number,
  after: string | undefined,
): Promise<string | undefined> {
  const [part] = await run<{ last: string }>(
    db,
    sql`
    with part as (
      select e.concept_id, e.from_revision, e.titles from entry e
      where e.scheme_id = ${scheme} and e.from_revision = ${revision} and ${after === undefined ? sql`true` : sql`e.concept_id > ${after}::uuid`}
      order by e.concept_id limit ${entriesAtOnce}),
    written as (
      insert into entry_words (concept_id, from_revision, words)
      select concept_id, from_revision, to_tsvector('italian_plain', titles) from part)
    select concept_id as last from part order by concept_id desc limit 1`,
  );
  return part?.last;
}
