import { run, sql, type Executor } from '#platform';
import type { Found } from './finish-check.ts';

/**
 * Records that the last check had mended, and that were found wrong then. Whoever of them is wrong again was mended in vain;
 * none once an operator released the repair.
 */
export async function readMendedBefore(executor: Executor, targetId: string): Promise<Set<string>> {
  const rows = await run<{ id: string }>(
    executor,
    sql`select f.external_id as id from drift_finding f join drift_check c using (target_id)
        where target_id = ${targetId} and f.mended and c.released = 0`,
  );
  return new Set(rows.map(({ id }) => id));
}

/** What is left to be mended. */
export function withoutVain(found: Found, before: ReadonlySet<string>): Found {
  const isNew = ({ externalId }: { readonly externalId: string }): boolean => !before.has(externalId);
  return {
    ...found,
    missing: found.missing.filter(isNew),
    altered: found.altered.filter(isNew),
    extras: found.extras.filter(({ record }) => isNew(record)),
  };
}
