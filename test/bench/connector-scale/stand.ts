import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { build } from '../../../deploy/local/build.ts';
import { ensureDatabase } from '../../../deploy/local/postgres/ensure-database.ts';
import { adminUrl, startPostgres } from '../../../deploy/local/postgres/start-postgres.ts';
import { freePort } from '../../../deploy/local/processes/free-port.ts';
import { createGuard } from '../../../deploy/local/processes/guard.ts';
import type { Started } from '../../../deploy/local/processes/started.ts';
import { stopProcess } from '../../../deploy/local/processes/stop-process.ts';
import { startApp, type App } from '../../../deploy/local/services/app.ts';
import { databasesOf } from '../../../deploy/local/services/environment.ts';
import { migrate } from '../../../deploy/local/services/migrate.ts';
import { temporaryDirectory } from '../../../deploy/local/state/temporary-directory.ts';
import { cpuSecondsOfAll } from '../cpu-seconds.ts';
import { benchMap, putFirstRevision, type BenchEntry } from './map.ts';
import { writeTargets, type TargetsToWrite } from './targets.ts';

export interface Connector extends Started {
  /** Address of its API. */
  readonly url: string;
}

/** A Postgres that syncs to disk, a minimal CRM, the first revision in the replica, and connectors as one asks for them. */
export interface Stand {
  readonly db: Client;
  readonly entries: readonly BenchEntry[];
  /** Of the CRM. */
  readonly origin: string;
  /** How targets in the CRM are written. */
  crm(batchSize: number): Omit<TargetsToWrite, 'count' | 'systems'>;
  /** What connectors that start from now on find in their targets file. */
  write(targets: TargetsToWrite): void;
  start(): Promise<Connector>;
  stop(connector: Started): Promise<void>;
  /** Resolves when so many targets hold a revision. */
  inStep(revision: number, count: number): Promise<void>;
  /** Whoever of the connectors holds a system, as soon as one does. */
  holderAtWork(): Promise<string>;
  /** Resolves when a connector that is dead holds no system any more whose targets are yet to be brought to a revision. */
  takenOver(holder: string, revision: number): Promise<void>;
  /** Processor time of Postgres so far. */
  postgresCpu(): number;
  close(): Promise<void>;
}

export async function openStand(): Promise<Stand> {
  const home = temporaryDirectory('bench-scale');
  await build(join(home, 'build.log'));
  const guard = createGuard();
  const up = async (starting: Promise<Started>): Promise<Started> => {
    const started = await starting;
    guard.add(nameOf(started), started.child.pid, { ...started.stopBy, order: 0 });
    if (!(await started.ready())) throw new Error(`${started.name} did not start, see ${started.log}`);
    return started;
  };
  const log = join(home, 'postgres.log');
  const options = { directory: join(home, 'postgres'), port: await freePort(), password: 'bench', log };
  const postgres = await up(startPostgres(options));
  const admin = await ensureDatabase(adminUrl(options));
  const targetsFile = join(home, 'targets.json');
  const url = databasesOf(admin, { postgres: 'bench', catalog: 'bench', connector: 'bench' }).connector;
  let instances = 0;
  const app = async (): Promise<App> => {
    const port = await freePort();
    const env = environment(port, url, targetsFile);
    return { name: 'connector', env, port, log: join(home, `connector-${++instances}.log`) };
  };
  await migrate(await app(), admin);
  const db = new Client({ connectionString: admin, options: '-c search_path=connector,public' });
  await db.connect();
  const crm = fork(new URL('./crm-server.ts', import.meta.url));
  const [crmPort] = z
    .tuple([z.int()])
    .rest(z.unknown())
    .parse(await once(crm, 'message'));
  const origin = `http://127.0.0.1:${crmPort}`;
  const entries = benchMap();
  await putFirstRevision(db, entries);
  return {
    db,
    entries,
    origin,
    write: (targets) => writeTargets(targetsFile, targets),
    crm: (batchSize) => ({
      address: origin,
      driver: 'crm-sobject',
      settings: { batchSize },
      place: (target) => ({ object: `O${target}__c` }),
    }),
    start: async () => {
      const toStart = await app();
      return { ...(await up(startApp(toStart))), url: `http://127.0.0.1:${toStart.port}` };
    },
    stop: async (connector) => {
      const running = guard.list().find(({ name }) => name === nameOf(connector));
      if (running) await stopProcess(running);
    },
    inStep: async (revision, count) => {
      while (!(await areInStep(db, revision, count))) await wait(20);
    },
    holderAtWork: async () => {
      for (;;) {
        const [holder] = await holders(db, null);
        if (holder !== undefined) return holder;
        await wait(20);
      }
    },
    takenOver: async (holder, revision) => {
      while ((await holders(db, revision)).includes(holder)) await wait(20);
    },
    postgresCpu: () => cpuSecondsOfAll(postgres.child.pid),
    close: async () => {
      await db.end().catch(() => undefined);
      crm.disconnect();
      await Promise.all(guard.list().map(stopProcess));
      guard.close();
    },
  };
}

const nameOf = ({ name, child }: Started): string => `${name}-${child.pid}`;

function environment(port: number, databaseUrl: string, targetsFile: string): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:1';
  return {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databaseUrl,
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: nowhere,
    CATALOG_URL: nowhere,
    TARGETS_FILE: targetsFile,
    TARGET_BENCH: 'secret',
  };
}

/** Whoever asks must cost Postgres little: it is planned once, and not all targets are counted before none is seen that is behind. */
async function areInStep(db: Client, revision: number, count: number): Promise<boolean> {
  const { rows } = await db.query<{ done: boolean }>({
    name: 'in-step',
    text: `select not exists (select from target where listed and not paused and not (in_step and applied_revision = $1))
       and (select count(*) from target where listed and in_step and applied_revision = $1) >= $2 as done`,
    values: [revision, count],
  });
  return rows[0]?.done ?? false;
}

/** @param behind only of systems with targets that are not at this revision; null: of all */
async function holders(db: Client, behind: number | null): Promise<string[]> {
  const { rows } = await db.query<{ holder: string }>(
    `select distinct lease_holder as holder from system where lease_holder is not null
       and ($1::int is null or id in (select system_id from target where listed and applied_revision <> $1))`,
    [behind],
  );
  return rows.map(({ holder }) => holder);
}
