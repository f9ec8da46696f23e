import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';

/**
 * Forgets who somebody was; what they did stays in the audit log under an id that names nobody. Whoever signs in again is somebody
 * new to us, and is kept from releasing what the erased one may have caused (`release-hold.ts`).
 */
export async function erasePerson(transaction: Executor, id: string, by: string): Promise<null | Refusal> {
  if (id === by)
    return refuse('self-erasure', {
      status: 409,
      title: say`Nobody can erase themselves`,
      detail: say`Ask another administrator.`,
    });
  const erased = await run<{ id: string }>(
    transaction,
    sql`update person set subject = null, erased_at = coalesce(erased_at, clock_timestamp()) where id = ${id} returning id`,
  );
  return erased.length > 0
    ? null
    : refuse('person-unknown', { status: 404, title: say`There is no such person` });
}
