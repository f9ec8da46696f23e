import { json, run, sql, type Executor } from '#platform';
import type { Turn } from './turn.ts';

type Ground = Pick<Turn, 'targetId' | 'resets' | 'scheme' | 'desired' | 'heldSince'>;

/**
 * Turns of which everything that was read since they began is of one ground: the replica held their revision all the while, and
 * nobody moved or reset their targets. Ask it after the reading, before anything is sent: a plan from half a replica would end records.
 */
export async function stillStanding(executor: Executor, turns: readonly Ground[]): Promise<Set<string>> {
  const rows = turns.map(({ targetId, resets, scheme, desired, heldSince }) => ({
    targetId,
    resets,
    scheme,
    desired,
    heldSince,
  }));
  const standing = await run<{ id: string }>(
    executor,
    sql`select t.id
        from jsonb_to_recordset(${json(rows)}) as turn("targetId" text, resets int, scheme text, desired int, "heldSince" text)
          join target t on t.id = turn."targetId" and t.resets = turn.resets
          join revision r on r.scheme = turn.scheme and r.number = turn.desired and r.applied_at = turn."heldSince"::timestamptz
        where not t.scheme in (select scheme from replica_repair)`,
  );
  return new Set(standing.map(({ id }) => id));
}
