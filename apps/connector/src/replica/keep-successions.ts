import type { ChangeEvent } from '#contracts';
import { json, runCount, sql, type Executor } from '#platform';

/**
 * Keeps who takes whose place, as changes say it from either side. What is kept already stays; what an epoch says that is over is
 * left out.
 * @param epoch of the catalog's change log; null when the changes were read from the catalog's API
 */
export async function keepSuccessions(
  executor: Executor,
  changes: readonly ChangeEvent[],
  epoch: string | null,
): Promise<void> {
  const links = changes.flatMap(({ scheme, revision, conceptId, predecessors, successors }) => [
    ...successors.map((successor) => ({ scheme, revision, predecessor: conceptId, successor })),
    ...predecessors.map((predecessor) => ({ scheme, revision, predecessor, successor: conceptId })),
  ]);
  if (links.length === 0) return;
  await runCount(
    executor,
    sql`insert into succession (scheme, revision, predecessor, successor)
        select distinct scheme, revision, predecessor, successor
        from jsonb_to_recordset(${json(links)}) as l(scheme text, revision int, predecessor uuid, successor uuid)
        where not exists (
          select from log_epoch e where e.epoch = ${epoch} and e.number < (select max(number) from log_epoch))
        order by 1, 2, 3, 4
        on conflict do nothing`,
  );
}
