import { contentHash } from '#taxonomy';
import type { ChangeEvent, InForceEvent } from '#contracts';
import { json, run, runCount, sql, type Executor } from '#platform';
import { keepSuccessions } from '../replica/keep-successions.ts';

/**
 * Keeps changes until their revision is complete. Repeats, changes of applied revisions, and those of an epoch that is
 * over are dropped. One statement for all of them, and before it one for who takes whose place, where somebody does: after a kill
 * they come again.
 * @param epoch of the catalog's change log; null when they were read from the catalog's API
 */
export async function receiveChanges(
  executor: Executor,
  events: readonly ChangeEvent[],
  epoch: string | null,
): Promise<void> {
  if (events.length === 0) return;
  await keepSuccessions(executor, events, epoch);
  const rows = events
    .map(({ scheme, revision, index, conceptId, after }) => ({
      scheme,
      revision,
      index,
      concept: conceptId,
      after,
      hash: after && contentHash(after),
    }))
    .sort(
      (a, b) =>
        (a.scheme < b.scheme ? -1 : +(a.scheme > b.scheme)) || a.revision - b.revision || a.index - b.index,
    );
  await runCount(
    executor,
    sql`insert into received_change (scheme, revision, index, epoch, concept_id, after, content_hash)
        select c.scheme, c.revision, c.index, ${epoch}, c.concept, nullif(c.after, 'null'), c.hash
        from jsonb_to_recordset(${json(rows)}) as c(
          scheme text, revision int, index int, concept uuid, after jsonb, hash text)
        where not exists (
            select from revision r where r.scheme = c.scheme and r.number = c.revision and r.applied_at is not null)
          and not exists (
            select from log_epoch e where e.epoch = ${epoch} and e.number < (select max(number) from log_epoch))
        on conflict (scheme, revision, index) do nothing`,
  );
}

/**
 * Keeps revisions in force. Repeats and those of an epoch that is over are dropped; a repeat that brings the approved plan
 * fills in one that is missing, and never replaces one. The first event of a new epoch says that the catalog was restored:
 * the replica must be reconciled with it.
 */
export async function receiveRevisions(
  executor: Executor,
  events: readonly InForceEvent[],
  epoch: string | null,
  brokerTimes: readonly Date[] = [],
): Promise<void> {
  if (events.length === 0) return;
  if (epoch !== null) await noteEpoch(executor, epoch);
  const rows = events.map((event, i) => ({
    ...event,
    base: event.base?.revision ?? null,
    brokerAt: brokerTimes[i] ?? null,
  }));
  await runCount(
    executor,
    sql`insert into revision (scheme, number, edition, effective_date, changes, content_hash, base_revision, published_at, broker_at, plan)
        select distinct on (r.scheme, r.revision)
          r.scheme, r.revision, r.edition, r."effectiveDate", r.changes, r."contentHash", r.base, r."publishedAt", r."brokerAt", r.plan
        from jsonb_to_recordset(${json(rows)}) as r(
          scheme text, revision int, edition text, "effectiveDate" date, changes int, "contentHash" text, base int,
          "publishedAt" timestamptz, "brokerAt" timestamptz, plan jsonb)
        where not exists (
          select from log_epoch e where e.epoch = ${epoch} and e.number < (select max(number) from log_epoch))
        order by r.scheme, r.revision, r.plan is null
        on conflict (scheme, number) do update set plan = coalesce(revision.plan, excluded.plan),
            broker_at = coalesce(revision.broker_at, excluded.broker_at)
          where revision.content_hash = excluded.content_hash and (
            (revision.plan is null and excluded.plan is not null) or (revision.broker_at is null and excluded.broker_at is not null))`,
  );
}

async function noteEpoch(executor: Executor, epoch: string): Promise<void> {
  await run(
    executor,
    sql`insert into log_epoch (epoch, reconciled_at)
        select ${epoch}, case when not exists (select from log_epoch) then now() end
        where not exists (select from log_epoch where epoch = ${epoch})
        on conflict (epoch) do nothing`,
  );
}
