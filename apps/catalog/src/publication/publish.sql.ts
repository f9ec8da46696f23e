import { afterCommit, json, run, sql, type Executor } from '#platform';
import type { EntityManager } from 'typeorm';
import type { PersonId } from '../audit/person.ts';
import type { DraftRow } from '../database/entities/draft.entity.ts';
import { tellReaders } from './tell-readers.ts';

export interface NewRevision {
  readonly number: number;
  readonly editionId: string;
  readonly effectiveDate: string;
  /** 64 hexadecimal digits. */
  readonly contentHash: string;
  readonly by: PersonId;
  readonly changes: number;
}

/**
 * The one lock of all writers of the change log, whatever the scheme, so that positions grow in the order of commits.
 * A statement under it may take longer than any other: 350,000 entries are written by one.
 */
export async function lockChangeLog(db: Executor): Promise<void> {
  await run(db, sql`set local statement_timeout = '15min'`);
  await run(db, sql`select pg_advisory_xact_lock(hashtextextended('change-log', 0))`);
}

/** Above as many, guards of the database look at the whole map too. */
const many = 20_000;

/**
 * Plans for many rows, whatever Postgres knows of the tables: it takes them for empty when they are new, and when a large
 * publication was taken back, and would then look up each of 350,000 rows, or compare it with each.
 */
export async function expectRows(db: Executor, rows: number): Promise<void> {
  if (rows <= many) return;
  await run(db, sql`set local enable_nestloop = off`);
  await run(db, sql`set local work_mem = '128MB'`);
}

/** Changed rows that Postgres need not know of. */
const unknownAtMost = 1_000;

/**
 * After some changes Postgres is told how many rows there are, and how many have ended. By itself it would learn that within a
 * minute, and of a tenth of them only; until then it takes what has ended for nothing, and the review of a large draft would look
 * through all of it for each of its entries.
 * @param rows that this transaction changed
 */
export async function learnRows(db: Executor, rows: number): Promise<void> {
  const [known] = await run<{ changed: number }>(
    db,
    sql`select n_mod_since_analyze::int as changed from pg_stat_all_tables where relid = 'entry'::regclass`,
  );
  if ((known?.changed ?? 0) + rows <= unknownAtMost) return;
  // A sample of 3,000 rows: how many there are counts, and hardly what they say. Of some columns only, Postgres would count on from
  // where it was; whoever has the table locked, for VACUUM, is not waited for.
  await run(db, sql`set local default_statistics_target = 10`);
  await run(db, sql`analyze (skip_locked) entry`);
}

/**
 * Opens the revision, closes the entries that the draft touches, and opens their next state. It is published now, not when
 * the transaction began, which may have waited for the lock of the revision before. The first revision of a scheme is not
 * compared with what is there: Postgres knows nothing of a large draft yet, and would look up each row by itself.
 */
export async function writeRevision(db: Executor, draft: DraftRow, revision: NewRevision): Promise<void> {
  const { number, editionId, effectiveDate, contentHash, by, changes } = revision;
  await run(
    db,
    sql`
    insert into revision (scheme_id, number, edition_id, in_force_from, content_hash, published_by, published_at, changes, plan)
    values (${draft.schemeId}, ${number}, ${editionId}, ${effectiveDate}, decode(${contentHash}, 'hex'), ${by}, clock_timestamp(), ${changes}, ${draft.plan && json(draft.plan)}::jsonb)`,
  );
  await run(
    db,
    sql`
    insert into concept (id, scheme_id) select concept_id, ${draft.schemeId} from draft_entry d
    where draft_id = ${draft.id} and not retired and not exists (select from concept c where c.id = d.concept_id)
    order by concept_id`,
  );
  // One statement, so that no entry stands below nothing in between. What it ends is counted first, and so ended first.
  await run(
    db,
    sql`
    with ended as (
      update entry set to_revision = ${number}
      from draft_entry d
      where d.draft_id = ${draft.id} and entry.scheme_id = ${draft.schemeId} and entry.concept_id = d.concept_id
        and entry.to_revision is null
        and ${isDifferent}
      returning 1)
    insert into entry (scheme_id, concept_id, from_revision, code, skeleton, parent_id, rank, titles, notes, attributes, content_hash)
    select ${draft.schemeId}, concept_id, ${number}, code, skeleton, parent_id, rank, titles, notes, attributes, content_hash
    from draft_entry d
    where draft_id = ${draft.id} and not retired and (select count(*) from ended) >= 0
      ${draft.baseRevision === null ? sql`` : sql`and not exists (select from entry where entry.concept_id = d.concept_id and entry.to_revision is null and not ${isDifferent})`}`,
  );
  await run(
    db,
    sql`update draft set state = 'published', published_revision = ${number}, returned_at = null where id = ${draft.id}`,
  );
}

/** How many entries a draft of a first revision brings: all of them are new. */
export async function countEntries(db: Executor, draftId: string): Promise<number> {
  const [row] = await run<{ entries: number }>(
    db,
    sql`select count(*)::int as entries from draft_entry where draft_id = ${draftId} and not retired`,
  );
  return row?.entries ?? 0;
}

/** A concept that was edited back to what is in force keeps its row. */
const isDifferent = sql`(d.retired
  or (d.content_hash, d.parent_id, d.rank, d.attributes) is distinct from (entry.content_hash, entry.parent_id, entry.rank, entry.attributes))`;

/** Tells everybody who follows the change log, here and elsewhere, once the transaction is committed. */
export async function wakeRelay(transaction: EntityManager): Promise<void> {
  await run(transaction, sql`select pg_notify('change_log', '')`);
  afterCommit(transaction, tellReaders);
}
