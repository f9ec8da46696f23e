import { json, run, runCount, sql, type Executor } from '#platform';
import { keyFor, type RecordName } from '../delivery/record-key.ts';
import type { Found } from './finish-check.ts';

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

/** Those that were compared, and say what they should, were not mended in vain; of what waits to be delivered nobody knows yet. */
export async function forgetMended(
  transaction: Executor,
  targetId: string,
  { missing, altered }: Found,
): Promise<void> {
  await runCount(
    transaction,
    sql`update link l set mended_at = null
        where l.target_id = ${targetId} and l.mended_at is not null and l.hash is not null and l.state <> 'pending'
          and not exists (select from ${names([...missing, ...altered])}
            where w."conceptId" = l.concept_id and w.generation = l.generation)`,
  );
}

/** @param left what this check has mended */
export async function noteMended(
  transaction: Executor,
  targetId: string,
  { missing, altered, extras }: Found,
): Promise<void> {
  await runCount(
    transaction,
    sql`update link l set mended_at = now() from ${names([...missing, ...altered, ...extras])}
        where l.target_id = ${targetId} and l.concept_id = w."conceptId" and l.generation = w.generation and l.unsent`,
  );
}

const names = (some: readonly RecordName[]): ReturnType<typeof sql> => {
  const named = some.map(({ conceptId, generation }) => ({ conceptId, generation }));
  return sql`jsonb_to_recordset(${json(named)}) as w("conceptId" uuid, generation int)`;
};
