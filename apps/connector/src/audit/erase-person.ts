import { refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { ownActors } from './person.ts';

/**
 * Forgets who somebody was; what they did stays in the audit log under an id that names nobody. Whoever signs in again is somebody
 * new to us, and is kept from releasing what the erased one may have caused (`find-hand.ts`). What the connector does by itself nobody
 * did, so there is nobody to forget.
 * @returns whether that changed anything; refusals `self-erasure`, `person-unknown`, `no-person`
 */
export async function erasePerson(
  transaction: Executor,
  id: string,
  by: string,
): Promise<{ readonly changed: boolean } | Refusal> {
  if (id === by)
    return refuse('self-erasure', {
      status: 409,
      title: say`Nobody can erase themselves`,
      detail: say`Ask another administrator.`,
    });
  const [person] = await run<{ subject: string | null }>(
    transaction,
    sql`select subject from person where id = ${id} for update`,
  );
  if (!person) return refuse('person-unknown', { status: 404, title: say`There is no such person` });
  const { subject } = person;
  if (subject === null) return { changed: false };
  if (Object.values(ownActors).some((own) => own.id === subject))
    return refuse('no-person', {
      status: 409,
      title: say`Nobody stands behind this id`,
      detail: say`"${subject}" is what the connector does by itself.`,
    });
  await runCount(
    transaction,
    sql`update person set subject = null, erased_at = clock_timestamp() where id = ${id}`,
  );
  return { changed: true };
}
