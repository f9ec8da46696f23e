import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { processesIn, stopOrphansIn } from '../processes/orphans.ts';
import { startLogged } from '../processes/start-logged.ts';
import type { Started } from '../processes/started.ts';
import { accountFor } from './account.ts';
import { postgresBinaries } from './binaries.ts';
import { initPostgres } from './init-postgres.ts';
import { waitForPostgres } from './wait-for-postgres.ts';

export interface PostgresOptions {
  /** Data directory; a cluster is made in it when there is none. */
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  readonly log: string;
  /** False in tests: faster, and not safe against a crash of the machine. */
  readonly durable?: boolean;
}

/** Address of the administrator of a Postgres that this code started. */
export function adminUrl({ port, password }: Pick<PostgresOptions, 'port' | 'password'>): string {
  return `postgresql://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}

/**
 * Starts Postgres on 127.0.0.1 and returns when it answers. What a killed launcher left running on the data is stopped
 * first, and its lock file removed (Postgres itself would refuse when another process has the old pid by now).
 */
export async function startPostgres(options: PostgresOptions): Promise<Started> {
  const { directory, port, log, durable = true } = options;
  await initPostgres(directory, options.password, log);
  await stopOrphansIn(directory, 'SIGINT');
  if (process.platform === 'linux' && processesIn(directory).length === 0) {
    rmSync(join(directory, 'postmaster.pid'), { force: true });
  }
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=200',
    // For maps of 350,000 entries: their indexes stay in memory, and no checkpoint falls into a publication.
    'shared_buffers=512MB',
    'max_wal_size=4GB',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  const { command, args } = accountFor(directory).wrap(postgresBinaries().postgres, [
    '-D',
    directory,
    ...settings.flatMap((setting) => ['-c', setting]),
  ]);
  const child = await startLogged({ command, args, cwd: '/', log });
  return {
    name: 'postgres',
    child,
    log,
    stopBy: { signal: 'SIGINT', graceMs: 10_000 },
    ready: () => waitForPostgres(adminUrl(options), child),
  };
}
