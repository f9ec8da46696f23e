import type { DataSource } from 'typeorm';
import type { StoredRecord } from '#targets';
import type { ConceptId, Hash } from '#taxonomy';
import { inTransaction, json, run, runCount, sql, type Executor, type Sql } from '#platform';
import { failsNotAlone } from '../delivery/answers.ts';
import type { Policies } from '../delivery/policies.ts';
import { wake } from '../delivery/wake.ts';
import { leaveKeys } from '../observation/leave-keys.ts';
import { stillStands, type Claim, type Standing } from './claim-check.ts';
import type { Missing } from './find-missing.ts';
import type { Meaningful } from './judge-unlinked.ts';
import { isTooMuch, type Extent } from './mend-limit.ts';
import { forgetMended, noteMended, readMendedBefore, tellRecurring, withoutVain } from './mended-before.ts';
import { noteDoubtful } from './note-doubtful.ts';
import type { Doubtful } from './read-back.ts';
import type { Finding } from './schemas.ts';

/** All that a check found. */
export interface Found {
  readonly records: number;
  readonly missing: readonly Missing[];
  /** Whose place another record of ours took. */
  readonly replaced: ReadonlyMap<
    Missing,
    { readonly externalId: string; readonly content: { readonly code: string } }
  >;
  readonly altered: readonly {
    readonly conceptId: ConceptId;
    readonly generation: number;
    readonly externalId: string;
    readonly code: string;
    readonly foundCode: string;
  }[];
  readonly doubtful: readonly Doubtful[];
  readonly extras: readonly (Meaningful & {
    readonly parentId: ConceptId | null;
    readonly hash: Hash | null;
  })[];
  /** With keys of ours; nobody knows what they mean. */
  readonly unknown: readonly StoredRecord[];
  /** A record stands there, or may, that a request without an answer made: the ledger does not have it. */
  readonly mayStand: boolean;
  readonly foreign: number;
  /** For people, as many as are kept. */
  readonly findings: readonly FoundRecord[];
}

/** Its record in the ledger, where it has one, knows how many times it was mended. */
export type FoundRecord = Omit<Finding, 'times'> & { readonly generation: number | null };

export interface Again {
  readonly everyMs: number;
  /**
   * What was mended is looked at again so soon, as long as ever less is wrong, or is mended, and after an operator released it; else after
   * twice the time that passed since the look before, so that whoever changes records all day is not read each minute.
   */
  readonly mendedMs: number;
}

/**
 * Writes what a check found, all of it or nothing: nothing when the lease is lost or a delivery began meanwhile. Where it
 * is to be repaired, and is not too much, the ledger no longer says that what is wrong was acknowledged, so that the next
 * delivery sends it: there is one way to write to a target. What a check had mended already, in vain, is only told.
 * @returns how many records were mended three times in a row or more; null: nothing was written
 */
export async function finishCheck(
  db: DataSource,
  claim: Claim & Standing,
  found: Found,
  policies: Pick<Policies, 'drift' | 'driftLimit'>,
  again: Again,
): Promise<{ readonly recurring: number } | null> {
  const { targetId } = claim;
  return inTransaction(db, async (transaction) => {
    const target = await holdTarget(transaction, claim);
    if (!target) return null;
    const wrong = countWrong(found);
    // Where its records stand elsewhere, their old ids must not be written to, whatever the policy.
    const mends = (policies.drift === 'repair' || target.isMoved) && wrong > 0;
    // What the target did late of what we sent was not mended in vain before.
    const before =
      mends && !target.isMoved && !target.isLate
        ? await readMendedBefore(transaction, targetId)
        : new Set<string>();
    const left = withoutVain(found, before);
    const isHeld =
      mends && isTooMuch(await readExtent(transaction, targetId, countWrong(left)), policies.driftLimit);
    const isInVain = mends && countWrong(left) < wrong;
    await forgetMended(transaction, targetId, found, again.everyMs);
    await leaveKeys(transaction, targetId, found.unknown);
    const mended = mends && !isHeld ? countWrong(left) : 0;
    const stays = { isHeld, isInVain, isWrong: wrong > 0 && (!mends || isHeld || isInVain) };
    await close(transaction, claim, found, { ...stays, mended }, again);
    if (target.isMoved && !isHeld) await trustPlace(transaction, targetId);
    await noteDoubtful(transaction, targetId, found.doubtful);
    if (target.isLate && !isHeld && !found.mayStand) await retryWaiting(transaction, targetId);
    if (mended > 0) await mend(transaction, targetId, left, target.isLate);
    await writeFindings(transaction, targetId, found.findings);
    return { recurring: await tellRecurring(transaction, targetId, found) };
  });
}

/** The next delivery sends it. */
async function mend(transaction: Executor, targetId: string, left: Found, isLate: boolean): Promise<void> {
  await doubt(transaction, targetId, left);
  await forgetEnded(transaction, targetId, left);
  await takeExtras(transaction, targetId, left.extras);
  await noteMended(transaction, targetId, left, isLate);
  await retryStuck(transaction, targetId, left);
  await runCount(
    transaction,
    sql`update target set in_step = false
        where id = ${targetId} and exists (select from link where target_id = ${targetId} and unsent)`,
  );
  await wake(transaction);
}

const countWrong = ({ missing, altered, extras }: Found): number =>
  missing.length + altered.length + extras.length;

interface HeldTarget {
  readonly isMoved: boolean;
  /** What it did late of what we sent is looked for. */
  readonly isLate: boolean;
}

/** No delivery begins, and no other process finishes the same check, before this transaction ends. */
async function holdTarget(transaction: Executor, check: Claim & Standing): Promise<HeldTarget | undefined> {
  const [held] = await run<HeldTarget>(
    transaction,
    sql`select t.awaits_check as "isMoved", coalesce(c.late_at <= c.started_at, false) as "isLate" from target t, drift_check c where ${stillStands(check)} for update of t, c`,
  );
  return held;
}

/** What a moved target has was read at its new place, or cannot be read: deliveries go on. */
export async function trustPlace(executor: Executor, targetId: string): Promise<void> {
  await runCount(executor, sql`update target set awaits_check = false where id = ${targetId}`);
  await wake(executor);
}

async function readExtent(transaction: Executor, targetId: string, wrong: number): Promise<Extent> {
  const [read] = await run<Omit<Extent, 'wrong'>>(
    transaction,
    sql`select c.released, (select count(*)::int from link
          where target_id = ${targetId} and state not in ('pending', 'deleted')) as known
        from drift_check c where c.target_id = ${targetId}`,
  );
  return { wrong, known: read?.known ?? 0, released: read?.released ?? 0 };
}

async function writeFindings(
  transaction: Executor,
  targetId: string,
  findings: readonly FoundRecord[],
): Promise<void> {
  await runCount(transaction, sql`delete from drift_finding where target_id = ${targetId}`);
  await runCount(
    transaction,
    sql`insert into drift_finding (target_id, number, kind, external_id, code, concept_id, fields, times)
        select ${targetId}, f.place, f.kind, f."externalId", f.code, f."conceptId", f.fields, coalesce(l.mended_times, 0)
        from rows from (jsonb_to_recordset(${json(findings)})
          as (kind text, "externalId" text, code text, "conceptId" uuid, generation int, fields jsonb)) with ordinality
          as f(kind, "externalId", code, "conceptId", generation, fields, place)
          left join link l on l.target_id = ${targetId} and l.concept_id = f."conceptId" and l.generation = f.generation`,
  );
}

async function close(
  transaction: Executor,
  { targetId, startedAt }: Claim & Standing,
  found: Found,
  stays: {
    readonly isHeld: boolean;
    readonly isInVain: boolean;
    readonly isWrong: boolean;
    /** So many are mended. */
    readonly mended: number;
  },
  { everyMs, mendedMs }: Again,
): Promise<void> {
  const wrong = countWrong(found);
  await runCount(
    transaction,
    sql`with doubtful as (
          select count(*)::int as links from link where target_id = ${targetId}
            and (hash is null and state <> 'deleted' or state = 'pending')),
        closed as (
          update drift_check c set lease_holder = null, lease_until = null, asked_at = null, finished_at = now(), reason = null,
            late_at = case when c.late_at > c.started_at then c.late_at
              when ${found.mayStand}::boolean or (c.late_at is not null and ${stays.isHeld}::boolean) then now() + ${everyMs} * interval '1 millisecond' end,
            held = ${stays.isHeld}, in_vain = ${stays.isInVain}, stays_wrong = ${stays.isWrong}, released = 0, mended = ${stays.mended},
            due_at = now() + case when ${wrong > 0}::boolean and (c.outcome is distinct from 'drifted' or c.released > 0 or ${wrong}::int < c.missing + c.altered + c.extra
              or (${stays.mended}::int > 0 and (c.mended = 0 or ${stays.mended}::int < c.mended))) then ${mendedMs}::float8
              when ${stays.mended}::int > 0 then least(${everyMs}::float8, greatest(${mendedMs}::float8, 2000 * extract(epoch from now() - c.finished_at)))
              else ${everyMs}::float8 end * interval '1 millisecond',
            outcome = case when ${wrong > 0}::boolean then 'drifted' when doubtful.links > 0 then 'in-doubt' else 'verified' end,
            records = ${found.records}, missing = ${found.missing.length}, altered = ${found.altered.length},
            extra = ${found.extras.length}, foreign_records = ${found.foreign}, in_doubt = doubtful.links
          from doubtful where c.target_id = ${targetId} returning c.outcome)
        update target set verified_at = ${startedAt}::timestamptz
        where id = ${targetId} and (select outcome from closed) = 'verified'`,
  );
}

/**
 * What was altered is sent again; so is what stands below a record that is missing or that another one took the place of. With the code
 * that it has there.
 */
async function doubt(
  transaction: Executor,
  targetId: string,
  { altered, missing, replaced }: Found,
): Promise<void> {
  const heirs = missing.flatMap((link) => {
    const heir = replaced.get(link);
    return heir ? [{ ...link, externalId: heir.externalId, foundCode: heir.content.code }] : [];
  });
  const gone = missing.flatMap((link) =>
    link.state === 'current' && !replaced.has(link) ? [{ ...link, foundCode: link.code }] : [],
  );
  await runCount(
    transaction,
    sql`update link l set hash = null, found_code = l.code
        where l.target_id = ${targetId} and l.state = 'current' and l.hash is not null
          and l.parent_id in (select "conceptId" from ${links([...heirs, ...gone])})`,
  );
  await runCount(
    transaction,
    sql`update link l set hash = null, found_code = h."foundCode" from ${links(altered)}
        where l.target_id = ${targetId} and l.state in ('current', 'ended', 'leaving')
          and l.concept_id = h."conceptId" and l.generation = h.generation`,
  );
  await runCount(
    transaction,
    sql`update link l set hash = null, external_id = h."externalId", found_code = h."foundCode" from ${links(heirs)}
        where l.target_id = ${targetId} and l.concept_id = h."conceptId" and l.generation = h.generation`,
  );
  // About to be made: it is looked for by its key first, so that a list that was wrong makes no second record.
  await runCount(
    transaction,
    sql`update link l set state = 'pending', hash = null, external_id = null, found_code = h."foundCode" from ${links(gone)}
        where l.target_id = ${targetId} and l.concept_id = h."conceptId" and l.generation = h.generation`,
  );
}

const links = (some: readonly Doubtful[]): Sql =>
  sql`jsonb_to_recordset(${json(some)}) as h("conceptId" uuid, generation int, "externalId" text, "foundCode" text)`;

/**
 * What waits may do so for what was wrong, and asks the target for nothing in vain; what is wrong may be stuck itself; and what was refused
 * may need the code of a record that is gone, or that record above it, or a code that was found, of a record that may wait for it in
 * turn. What else was refused because of what was wrong is due once that is mended, see `retryFreed`.
 * Not what the target fails on, and others with it.
 */
async function retryStuck(
  transaction: Executor,
  targetId: string,
  { missing, replaced, altered, extras }: Found,
): Promise<void> {
  const wrong = [...missing, ...altered, ...extras].map(({ conceptId }) => conceptId);
  const codes = [
    ...[...missing, ...[...replaced.values()].map(({ content }) => content)].map(({ code }) => code),
    ...altered.flatMap(({ code, foundCode }) => (foundCode === code ? [] : [foundCode])),
  ];
  await runCount(
    transaction,
    sql`update stuck set next_attempt_at = now()
        where target_id = ${targetId} and ${failsNotAlone}
          and (class = 'waits' or concept_id = any(${wrong}::uuid[]) or code = any(${codes}::text[])
            or concept_id in (select e.concept_id from entry e where e.parent_id = any(${missing.map(({ conceptId }) => conceptId)}::uuid[])))`,
  );
}

/** What was made unseen, and was not there, is not waited for: see `mayStand` of what is stuck. */
async function retryWaiting(transaction: Executor, targetId: string): Promise<void> {
  const retried = await runCount(
    transaction,
    sql`update stuck set next_attempt_at = now()
        where target_id = ${targetId} and class = 'waits' and exists (select from stuck where target_id = ${targetId} and may_exist)`,
  );
  if (retried > 0) await wake(transaction);
}

/** A record that is out of use is not made again. */
async function forgetEnded(
  transaction: Executor,
  targetId: string,
  { missing, replaced }: Found,
): Promise<void> {
  const ended = missing.filter((link) => link.state === 'ended' && !replaced.has(link));
  if (ended.length === 0) return;
  await runCount(
    transaction,
    sql`delete from link where target_id = ${targetId} and (concept_id, generation) in (
          select * from unnest(${ended.map(({ conceptId }) => conceptId)}::uuid[], ${ended.map(({ generation }) => generation)}::int[]))`,
  );
}

/** As records that have ended, with a content in doubt: delivery ends them in the target too. One that has ended there just so stays. */
async function takeExtras(transaction: Executor, targetId: string, extras: Found['extras']): Promise<void> {
  if (extras.length === 0) return;
  const rows = extras.map(({ record, conceptId, generation, parentId, hash, meant }) => ({
    conceptId,
    generation,
    parentId,
    hash,
    externalId: record.externalId,
    code: record.content.code,
    foundCode: hash === null ? record.content.code : null,
    usedCode: meant?.code ?? null,
    usedNotes: meant?.notes ?? null,
  }));
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, parent_id, hash, used_code, used_notes, found_code)
        select ${targetId}, "conceptId", generation, "externalId", 'ended', code, "parentId", hash, "usedCode", "usedNotes", "foundCode"
        from jsonb_to_recordset(${json(rows)}) as e("conceptId" uuid, generation int, "parentId" uuid, hash text, "externalId" text, code text, "usedCode" text, "usedNotes" text, "foundCode" text)
        on conflict do nothing`,
  );
}
