import type { DataSource } from 'typeorm';
import { inTransaction, json, run, runCount, sql, type Executor } from '#platform';
import type { Outcome } from './answers.ts';
import type { Plan, Stopped, Work } from './plan.ts';

/** Another worker holds the system now: nothing more may be written on its account. */
export class LeaseLost extends Error {}

export interface LedgerKey {
  readonly systemId: string;
  readonly targetId: string;
  readonly holder: string;
  /** Time until a rejected content is tried again without anybody asking. */
  readonly retryRejectedMs: number;
}

/** Writes what became of steps, in one transaction that holds only while the lease does. */
export async function writeOutcomes(
  dataSource: DataSource,
  key: LedgerKey,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const latest = latestOf(outcomes);
  await inTransaction(dataSource, async (transaction) => {
    await holdLease(transaction, key);
    // A record that was parked and then refused carries the parked code.
    await writeLinks(transaction, key, latestOf(outcomes.filter(({ is }) => is === 'done')));
    await clearLinks(transaction, key, latest);
    await writeStuck(transaction, key, latest.flatMap(asStuck));
    const done = latest.flatMap(({ is, step }) => (is === 'done' && step.hash !== null ? [step.work] : []));
    await clearStuck(transaction, key, done);
  });
}

/** The last outcome of each concept. */
function latestOf(outcomes: readonly Outcome[]): Outcome[] {
  return [...new Map(outcomes.map((outcome) => [outcome.step.work.conceptId, outcome])).values()];
}

/** Writes what the plan decided without asking the target. */
export async function writePlan(dataSource: DataSource, key: LedgerKey, plan: Plan): Promise<void> {
  const stopped = plan.stopped.filter(({ work, class: is }) => is === 'waits' || work.refusedBefore === null);
  if (stopped.length + plan.settled.length === 0) return;
  await inTransaction(dataSource, async (transaction) => {
    await holdLease(transaction, key);
    await writeStuck(
      transaction,
      key,
      stopped.map((item) => ({ ...item, hash: null, attempts: 0 })),
    );
    await clearStuck(transaction, key, plan.settled);
  });
}

async function holdLease(transaction: Executor, { systemId, holder }: LedgerKey): Promise<void> {
  const held = await run(
    transaction,
    sql`select from system where id = ${systemId} and lease_holder = ${holder} and lease_until > now() for share`,
  );
  if (held.length === 0) throw new LeaseLost(`the lease of ${systemId} is lost`);
}

async function writeLinks(
  transaction: Executor,
  { targetId }: LedgerKey,
  outcomes: readonly Outcome[],
): Promise<void> {
  const links = outcomes.flatMap((outcome) => {
    if (outcome.is !== 'done') return [];
    const { work, content, hash } = outcome.step;
    const { code, parentId, active } = content;
    const state = active ? 'current' : 'ended';
    const generation = work.held?.generation ?? 1;
    return [
      {
        concept: work.conceptId,
        generation,
        external: outcome.externalId,
        state,
        code,
        parent: parentId,
        hash,
      },
    ];
  });
  if (links.length === 0) return;
  await runCount(
    transaction,
    sql`insert into link (target_id, concept_id, generation, external_id, state, code, parent_id, hash)
        select ${targetId}, concept, generation, external, state, code, parent, hash
        from jsonb_to_recordset(${json(links)}) as l(
          concept uuid, generation int, external text, state text, code text, parent uuid, hash text)
        on conflict (target_id, concept_id, generation) do update set external_id = excluded.external_id,
          state = excluded.state, code = excluded.code, parent_id = excluded.parent_id, hash = excluded.hash,
          acknowledged_at = now()`,
  );
}

/** A record that is gone is forgotten, and what stands below it is in doubt. */
async function clearLinks(
  transaction: Executor,
  { targetId }: LedgerKey,
  outcomes: readonly Outcome[],
): Promise<void> {
  const gone = outcomes.filter(({ is }) => is === 'gone').map(({ step }) => step.work.conceptId);
  if (gone.length === 0) return;
  await runCount(
    transaction,
    sql`with forgotten as (
          delete from link where target_id = ${targetId} and concept_id = any(${gone}::uuid[]))
        update link set hash = null where target_id = ${targetId} and parent_id = any(${gone}::uuid[])
          and not concept_id = any(${gone}::uuid[])`,
  );
}

interface StuckRow extends Stopped {
  readonly hash: string | null;
  /** 1 when the target was asked, 0 when not. */
  readonly attempts: 0 | 1;
}

function asStuck(outcome: Outcome): StuckRow[] {
  if (outcome.is !== 'rejected' && outcome.is !== 'waits') return [];
  const { step, reason } = outcome;
  const isRejected = outcome.is === 'rejected';
  return [
    {
      work: step.work,
      class: outcome.is,
      reason,
      // What was refused while codes were in doubt may be taken once they are not.
      hash: isRejected && !step.work.resend ? step.hash : null,
      attempts: isRejected ? 1 : 0,
    },
  ];
}

async function writeStuck(
  transaction: Executor,
  { targetId, retryRejectedMs }: LedgerKey,
  stuck: readonly StuckRow[],
): Promise<void> {
  if (stuck.length === 0) return;
  await doubtLinks(transaction, targetId, stuck);
  const rows = stuck.map(({ work, reason, ...row }) => ({
    ...row,
    concept: work.conceptId,
    mayExist: work.held === null && work.mayExist,
    code: work.code,
    title: work.title,
    reason: reason.slice(0, 1_000),
  }));
  await runCount(
    transaction,
    sql`insert into stuck (target_id, concept_id, class, code, title, reason, hash, attempts, may_exist, next_attempt_at)
        select ${targetId}, concept, class, code, title, reason, hash, attempts, "mayExist",
          now() + ${retryRejectedMs} * interval '1 millisecond'
        from jsonb_to_recordset(${json(rows)}) as s(
          concept uuid, class text, code text, title text, reason text, hash text, attempts int, "mayExist" boolean)
        on conflict (target_id, concept_id) do update set class = excluded.class, code = excluded.code,
          title = excluded.title, reason = excluded.reason, hash = excluded.hash,
          attempts = stuck.attempts + excluded.attempts, may_exist = excluded.may_exist, next_attempt_at = excluded.next_attempt_at`,
  );
}

/** What a turn in doubt could not send stays in doubt. */
async function doubtLinks(
  transaction: Executor,
  targetId: string,
  stuck: readonly StuckRow[],
): Promise<void> {
  const concepts = stuck.flatMap(({ work }) => (work.resend && work.held ? [work.conceptId] : []));
  if (concepts.length === 0) return;
  await runCount(
    transaction,
    sql`update link set hash = null where target_id = ${targetId} and concept_id = any(${concepts}::uuid[])`,
  );
}

async function clearStuck(
  transaction: Executor,
  { targetId }: LedgerKey,
  work: readonly Work[],
): Promise<void> {
  const concepts = work.map(({ conceptId }) => conceptId);
  if (concepts.length === 0) return;
  await runCount(
    transaction,
    sql`delete from stuck where target_id = ${targetId} and concept_id = any(${concepts}::uuid[])`,
  );
}
