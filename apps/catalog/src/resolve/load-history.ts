import { inTransaction, run, sql, type Executor } from '#platform';
import type { EntryRange, HistoryIndex, RecordedSuccession, RevisionContent } from '#taxonomy';
import type { DataSource } from 'typeorm';
import { Timeline, type Point } from './timeline.ts';

/**
 * Brings an index up to the revision in force, from the head that it holds (null: from nothing); all in one snapshot.
 * Ranges come through a cursor, so that a large scheme is never in memory twice.
 * @returns the timeline, whose last revision is the new head
 */
export async function loadHistory(
  db: DataSource,
  schemeId: string,
  index: HistoryIndex,
  head: number | null,
): Promise<Timeline> {
  return inTransaction(
    db,
    async (transaction) => {
      const revisions = await run<Point & Omit<RevisionContent, 'number'>>(
        transaction,
        sql`
        select r.number as revision, e.label as edition, r.in_force_from as "effectiveDate", encode(r.content_hash, 'hex') as "contentHash",
          d.rollback_to as "rollbackTo"
        from revision r join edition e on e.id = r.edition_id
          left join draft d on d.scheme_id = r.scheme_id and d.published_revision = r.number
        where r.scheme_id = ${schemeId} order by r.number`,
      );
      for (const { revision: number, contentHash, rollbackTo } of revisions)
        if (head === null || number > head) index.undone.addRevision({ number, contentHash, rollbackTo });
      await endRanges(transaction, schemeId, index, head);
      await run(
        transaction,
        sql`
        declare range no scroll cursor for
        select e.concept_id as "conceptId", e.code, e.from_revision as "from", e.to_revision as "to", coalesce(
            e.titles -> s.languages[1] ->> 'official',
            (select title.value ->> 'official' from jsonb_each(e.titles) as title limit 1)) as title
        from entry e join scheme s on s.id = e.scheme_id
        where e.scheme_id = ${schemeId} and (${head}::int is null or e.from_revision > ${head}::int)
        order by e.from_revision`,
      );
      for (let rows = await next(transaction); rows.length > 0; rows = await next(transaction))
        for (const row of rows) index.addRange(row);
      const successions = await run<RecordedSuccession>(
        transaction,
        sql`
        select revision, predecessor, successor, kind, continues from succession
        where scheme_id = ${schemeId} and (${head}::int is null or revision > ${head}::int)
        order by revision`,
      );
      for (const succession of successions) index.addSuccession(succession);
      return new Timeline(revisions.map(({ contentHash: _, rollbackTo: __, ...point }) => point));
    },
    'REPEATABLE READ',
  );
}

const next = (db: Executor): Promise<EntryRange[]> => run<EntryRange>(db, sql`fetch 20000 from range`);

async function endRanges(
  db: Executor,
  schemeId: string,
  index: HistoryIndex,
  head: number | null,
): Promise<void> {
  if (head === null) return;
  const ended = await run<Pick<EntryRange, 'conceptId'> & { to: number }>(
    db,
    sql`
    select concept_id as "conceptId", to_revision as "to" from entry
    where scheme_id = ${schemeId} and to_revision > ${head} and from_revision <= ${head}`,
  );
  for (const { conceptId, to } of ended) index.endRange(conceptId, to);
}
