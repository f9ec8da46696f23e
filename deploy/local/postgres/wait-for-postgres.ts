import type { ChildProcess } from 'node:child_process';
import { Client } from 'pg';
import { hasEnded } from '../processes/started.ts';
import { waitUntil } from '../processes/wait-until.ts';

/**
 * True when the server answers a query; false when it ended before or did not answer within 30 s, 180 s where it is a process of
 * ours: on a busy machine it starts slowly.
 */
export async function waitForPostgres(url: string, child?: ChildProcess): Promise<boolean> {
  const ended = (): boolean => child !== undefined && hasEnded(child);
  const withinMs = child ? 180_000 : 30_000;
  const done = await waitUntil(async () => ended() || (await answersQuery(url)), withinMs, { everyMs: 50 });
  return done && !ended();
}

/** True when this address accepts the password and answers a query. */
export async function answersQuery(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
