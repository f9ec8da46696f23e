import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { lockRegistry } from '../registry/apply-targets.ts';

/** Where a target `t` of a system `s` with the profile `p` has its records, and how they are read. */
export const placeOf = sql`jsonb_build_array(s.id, s.address, p.driver, p.settings || t.settings)::text`;

/**
 * What was read of a target counts only where it was read: elsewhere, the ids of its records are those of other records. Nobody
 * changes what is registered before the transaction ends.
 * @param place as it was when the reading began
 * @returns null: it is there still
 */
export async function refuseMoved(
  transaction: Executor,
  targetId: string,
  place: string,
): Promise<Refusal | null> {
  await lockRegistry(transaction);
  const there = await run(
    transaction,
    sql`select from target t join system s on s.id = t.system_id join profile p on p.id = t.profile_id
        where t.id = ${targetId} and ${placeOf} = ${place}`,
  );
  return there.length > 0 ? null : moved(targetId);
}

const moved = (targetId: string): Refusal =>
  refuse('target-moved', {
    status: 409,
    title: say`The target is somewhere else by now`,
    detail: say`What is registered for "${targetId}" changed while its records were read. Look at it again.`,
  });
