import type { DataSource } from 'typeorm';
import { run, runCount, sql, type Logger } from '#platform';
import { keepSuccessions } from '../replica/keep-successions.ts';
import type { CatalogClient } from './catalog-client.ts';

/** Revisions of one look; the next look goes on. */
const mostRevisions = 20;

/**
 * Fetches the successions of revisions that were taken in before successions were kept.
 * @returns whether there were any
 * @throws when the catalog does not answer
 */
export async function fetchSuccessions({
  dataSource,
  catalog,
  logger,
  signal,
}: {
  readonly dataSource: DataSource;
  readonly catalog: CatalogClient;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}): Promise<boolean> {
  const revisions = await run<{ scheme: string; number: number }>(
    dataSource,
    sql`select scheme, number from revision where applied_at is not null and not knows_successions
        order by scheme, number limit ${mostRevisions}`,
  );
  for (const { scheme, number } of revisions) {
    logger.info({ scheme, revision: number }, 'fetching who took whose place');
    for await (const page of catalog.changes(scheme, number, 0, signal))
      await keepSuccessions(dataSource, page, null);
    await runCount(
      dataSource,
      sql`update revision set knows_successions = true where scheme = ${scheme} and number = ${number}`,
    );
  }
  return revisions.length > 0;
}
