import { json, run, runCount, sql, type Executor } from '#platform';
import { keyFor, type RecordName } from '../delivery/record-key.ts';
import type { Found } from './finish-check.ts';
import { mostFindings } from './read-back.ts';

const dayMs = 86_400_000;
/** Twice may be chance. */
const manyTimes = 3;

/**
 * Records that a check had mended, and that none has found as they should be since: whoever of them is wrong again was mended in
 * vain. None once an operator released the repair.
 */
export async function readMendedBefore(executor: Executor, targetId: string): Promise<Set<string>> {
  const rows = await run<RecordName>(
    executor,
    sql`select l.concept_id as "conceptId", l.generation from link l join drift_check c using (target_id)
        where target_id = ${targetId} and l.mended_at is not null and c.released = 0`,
  );
  return new Set(rows.map(keyFor));
}

/** What is left to be mended. A record out of use that is gone is only forgotten. */
export function withoutVain(found: Found, before: ReadonlySet<string>): Found {
  const isNew = (link: RecordName): boolean => !before.has(keyFor(link));
  return {
    ...found,
    missing: found.missing.filter((link) => link.state === 'ended' || isNew(link)),
    altered: found.altered.filter(isNew),
  };
}

/**
 * Those that were compared, and say what they should, were not mended in vain; of what waits to be delivered nobody knows yet. How many
 * times in a row they were mended is forgotten, too, where they were written long ago: whoever changes them each day has not been there;
 * or where a profile deleted them.
 * @param everyMs the target is read so often
 */
export async function forgetMended(
  transaction: Executor,
  targetId: string,
  { missing, altered }: Found,
  everyMs: number,
): Promise<void> {
  const isOver = sql`(l.state = 'deleted' or l.acknowledged_at < now() - ${2 * Math.max(everyMs, dayMs)} * interval '1 millisecond')`;
  await runCount(
    transaction,
    sql`update link l set mended_at = null, mended_times = case when not ${isOver} then l.mended_times end
        where l.target_id = ${targetId} and (l.state = 'deleted' or l.hash is not null and l.state <> 'pending')
          and (l.mended_at is not null or l.mended_times is not null and ${isOver})
          and not exists (select from ${names([...missing, ...altered])}
            where w."conceptId" = l.concept_id and w.generation = l.generation)`,
  );
}

/**
 * @param left what this check has mended
 * @param isLate it looked for what the target did late of what we sent: that is nobody else's doing, and is not counted
 */
export async function noteMended(
  transaction: Executor,
  targetId: string,
  { missing, altered, extras }: Found,
  isLate: boolean,
): Promise<void> {
  await runCount(
    transaction,
    sql`update link l set mended_at = now(), mended_times = case when ${isLate} then l.mended_times else coalesce(l.mended_times, 0) + 1 end from ${names([...missing, ...altered, ...extras])}
        where l.target_id = ${targetId} and l.concept_id = w."conceptId" and l.generation = w.generation and l.unsent`,
  );
}

/**
 * Whoever changes the same records each day is found out: what was mended again and again is counted, and told beside what is wrong now.
 * @returns how many records were mended three times in a row or more
 */
export async function tellRecurring(
  transaction: Executor,
  targetId: string,
  { missing, altered }: Found,
): Promise<number> {
  const [told] = await run<{ recurring: number }>(
    transaction,
    sql`with recurring as materialized (
          select * from link where target_id = ${targetId} and mended_times >= ${manyTimes}),
        told as (
          insert into drift_finding (target_id, number, kind, external_id, code, concept_id, times)
          select ${targetId}, (select coalesce(max(number), 0) from drift_finding where target_id = ${targetId})
              + row_number() over (order by l.code, l.concept_id, l.generation),
            'recurring', l.external_id, l.code, l.concept_id, l.mended_times
          from recurring l where not exists (select from ${names([...missing, ...altered])}
            where w."conceptId" = l.concept_id and w.generation = l.generation)
          order by l.code, l.concept_id, l.generation limit ${mostFindings})
        update drift_check set recurring = (select count(*) from recurring) where target_id = ${targetId} returning recurring`,
  );
  return told?.recurring ?? 0;
}

const names = (some: readonly RecordName[]): ReturnType<typeof sql> => {
  const named = some.map(({ conceptId, generation }) => ({ conceptId, generation }));
  return sql`jsonb_to_recordset(${json(named)}) as w("conceptId" uuid, generation int)`;
};
