import type { DataSource } from 'typeorm';
import type { StepGroups } from '#contracts';
import { inTransaction, json, run, runCount, sql, type Executor } from '#platform';
import { holdLeases, LeaseLost } from '../delivery/ledger.ts';
import type { Holder, Turn } from '../delivery/turn.ts';
import { readApproved } from './read-approved.ts';
import { isBeyond, mostOf } from './step-groups.ts';

/** A turn with what it and those that follow it would do; null where nobody asks. */
export interface GuardedTurn {
  readonly turn: Turn;
  readonly would: StepGroups | null;
}

interface Beyond {
  readonly turn: Turn;
  readonly would: StepGroups;
  readonly approved: StepGroups;
}

/**
 * Holds the targets to which more would be done than was approved for their profile, and than a person has released: their
 * turns end before anything is sent, and they have no work until they are released or other work. One statement where
 * nobody exceeds.
 * @returns the targets that are held
 */
export async function holdBeyondPlan(
  dataSource: DataSource,
  key: Holder,
  turns: readonly GuardedTurn[],
): Promise<Set<string>> {
  const guarded = turns.flatMap(({ turn, would }) => (would === null ? [] : [{ turn, would }]));
  if (guarded.length === 0) return new Set();
  const approvedFor = await readApproved(
    dataSource,
    guarded.map(({ turn: { targetId, applied, desired } }) => ({ targetId, applied, desired })),
  );
  const beyond = guarded.flatMap(({ turn, would }): Beyond[] => {
    const approved = approvedFor.get(turn.targetId);
    return approved && isBeyond(would, approved) ? [{ turn, would, approved }] : [];
  });
  if (beyond.length === 0) return new Set();
  return inTransaction(dataSource, async (transaction) => {
    if ((await holdLeases(transaction, [key])).size === 0) throw new LeaseLost(key);
    const releasedFor = await readReleased(transaction, beyond);
    const held = beyond.filter(({ turn, would, approved }) => {
      const released = releasedFor.get(turn.targetId);
      return !released || isBeyond(would, mostOf(approved, released));
    });
    if (held.length === 0) return new Set();
    await writeHolds(transaction, held);
    await endUnsent(transaction, held);
    return new Set(held.map(({ turn }) => turn.targetId));
  });
}

/** What people have released, of the same way from revision to revision. */
async function readReleased(
  transaction: Executor,
  beyond: readonly Beyond[],
): Promise<Map<string, StepGroups>> {
  const rows = await run<{ targetId: string; would: StepGroups }>(
    transaction,
    sql`select h.target_id as "targetId", h.would from hold h, ${ways(beyond)}
        where h.released and (h.target_id, h.applied, h.revision) = (way."targetId", way.applied, way.desired)`,
  );
  return new Map(rows.map(({ targetId, would }) => [targetId, would]));
}

async function writeHolds(transaction: Executor, held: readonly Beyond[]): Promise<void> {
  await runCount(
    transaction,
    sql`insert into hold (target_id, scheme, revision, applied, would, approved)
        select way."targetId", r.scheme, r.number, way.applied, way.would, way.approved
        from ${ways(held)} join revision r on r.scheme = way.scheme and r.number = way.desired
        on conflict (target_id) do update set scheme = excluded.scheme, revision = excluded.revision,
          applied = excluded.applied, would = excluded.would, approved = excluded.approved, released = false, since = now()`,
  );
}

/** Nothing was sent: where nothing was in doubt before, nothing is; and what was tried before is what was tried. */
async function endUnsent(transaction: Executor, held: readonly Beyond[]): Promise<void> {
  const turns = held.map(({ turn: { targetId, mayExist, triedBefore } }) => ({
    targetId,
    mayExist,
    triedBefore,
  }));
  await runCount(
    transaction,
    sql`update target t set attempting = case when turn."mayExist" then t.attempting end,
          tried_revision = turn."triedBefore"
        from jsonb_to_recordset(${json(turns)}) as turn("targetId" text, "mayExist" boolean, "triedBefore" int)
        where t.id = turn."targetId"`,
  );
}

const ways = (beyond: readonly Beyond[]): ReturnType<typeof sql> => {
  const rows = beyond.map(({ turn: { targetId, scheme, applied, desired }, would, approved }) => ({
    targetId,
    scheme,
    applied,
    desired,
    would,
    approved,
  }));
  return sql`jsonb_to_recordset(${json(rows)}) as way(
    "targetId" text, scheme text, applied int, desired int, would jsonb, approved jsonb)`;
};
