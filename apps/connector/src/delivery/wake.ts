import { runCount, sql, type Executor } from '#platform';

/** Postgres channel on which processes tell one another that there may be something to deliver. */
export const wakeChannel = 'mappa_connector_wake';

export async function wake(executor: Executor): Promise<void> {
  await runCount(executor, sql`select pg_notify(${wakeChannel}, '')`);
}
