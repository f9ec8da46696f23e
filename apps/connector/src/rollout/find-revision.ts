import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';

/** @returns null when the connector holds the revision; else why it can be nobody's */
export async function refuseUnknownRevision(
  executor: Executor,
  scheme: string,
  revision: number,
): Promise<Refusal | null> {
  const found = await run(
    executor,
    sql`select from revision where scheme = ${scheme} and number = ${revision} and applied_at is not null`,
  );
  if (found.length > 0) return null;
  return refuse('revision-unknown', {
    status: 404,
    title: say`There is no such revision`,
    detail: say`The connector holds no revision ${revision} of "${scheme}".`,
  });
}
