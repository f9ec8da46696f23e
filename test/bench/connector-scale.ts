import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { build } from '../../deploy/local/build.ts';
import { ensureDatabase } from '../../deploy/local/postgres/ensure-database.ts';
import { adminUrl, startPostgres } from '../../deploy/local/postgres/start-postgres.ts';
import { freePort } from '../../deploy/local/processes/free-port.ts';
import { createGuard } from '../../deploy/local/processes/guard.ts';
import type { Started } from '../../deploy/local/processes/started.ts';
import { stopProcess } from '../../deploy/local/processes/stop-process.ts';
import { startApp, type App } from '../../deploy/local/services/app.ts';
import { databasesOf } from '../../deploy/local/services/environment.ts';
import { migrate } from '../../deploy/local/services/migrate.ts';
import { temporaryDirectory } from '../../deploy/local/state/temporary-directory.ts';
import { bareLoop } from './connector-scale/bare-loop.ts';
import { benchMap, putFirstRevision, retitleOne } from './connector-scale/map.ts';
import { forgetTargets, seedLinks, writeTargets } from './connector-scale/targets.ts';
import { peakMemoryMb } from './peak-memory.ts';

/**
 * The connector with many targets: real connector processes and a real Postgres that syncs to disk, a CRM server in a
 * process of its own, no broker (revisions are put into the replica). `node test/bench/connector-scale.ts [targets]`.
 */
const many = Number(process.argv[2] ?? 10_000);
const home = temporaryDirectory('bench-scale');
await build(join(home, 'build.log'));

const guard = createGuard();
const up = async (starting: Promise<Started>): Promise<Started> => {
  const started = await starting;
  guard.add(`${started.name}-${started.child.pid}`, started.child.pid, { ...started.stopBy, order: 0 });
  if (!(await started.ready())) throw new Error(`${started.name} did not start, see ${started.log}`);
  return started;
};
const say = (name: string, value: number, unit: string): void =>
  console.log(`${name.padEnd(52)} ${Number(value.toPrecision(4))} ${unit}`);

const port = await freePort();
const postgres = {
  directory: join(home, 'postgres'),
  port,
  password: 'bench',
  log: join(home, 'postgres.log'),
};
await up(startPostgres(postgres));
const admin = await ensureDatabase(adminUrl(postgres));
const secrets = { postgres: 'bench', catalog: 'bench', connector: 'bench' };
const targetsFile = join(home, 'targets.json');
const nowhere = 'http://127.0.0.1:1';
let instances = 0;
async function connector(): Promise<App> {
  const port = await freePort();
  const env = {
    ...process.env,
    HOST: '127.0.0.1',
    PORT: String(port),
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    DATABASE_URL: databasesOf(admin, secrets).connector,
    KAFKA_BROKERS: '127.0.0.1:1',
    OIDC_ISSUER: nowhere,
    CATALOG_URL: nowhere,
    TARGETS_FILE: targetsFile,
    BENCH_SECRET: 'secret',
  };
  return { name: 'connector', env, port, log: join(home, `connector-${++instances}.log`) };
}
await migrate(await connector(), admin);
const db = new Client({ connectionString: admin, options: '-c search_path=connector,public' });
await db.connect();
const crm: ChildProcess = fork(new URL('./connector-scale/crm-server.ts', import.meta.url));
const [crmPort] = z
  .tuple([z.int()])
  .rest(z.unknown())
  .parse(await once(crm, 'message'));
const origin = `http://127.0.0.1:${crmPort}`;
const entries = benchMap();
await putFirstRevision(db, entries);

const inStep = async (revision: number, count: number): Promise<void> => {
  for (let at = 0; at < count; await wait(20)) {
    const { rows } = await db.query<{ count: string }>(
      'select count(*) from target where listed and in_step and applied_revision = $1',
      [revision],
    );
    at = Number(rows[0]?.count ?? 0);
  }
};
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const since = performance.now();
  await work();
  return (performance.now() - since) / 1_000;
};
/** A connector that starts with nothing to do, then finds all targets empty. */
const fill = async (count: number, systems: number, batchSize: number): Promise<number> => {
  await forgetTargets(db);
  await db.query('update revision set applied_at = null');
  writeTargets(targetsFile, origin, { count, systems, batchSize });
  const app = await up(startApp(await connector()));
  await db.query('update revision set applied_at = now()');
  const seconds = await timed(async () => {
    await db.query(`select pg_notify('mappa_connector_wake', '')`);
    await inStep(1, count);
  });
  await stopProcess(processOf(app));
  return seconds;
};
const processOf = ({ name, child }: Started) => {
  const found = guard.list().find((each) => each.name === `${name}-${child.pid}`);
  if (!found) throw new Error(`${name} is not running`);
  return found;
};

try {
  say('180 targets x 449 from nothing, batches of 200', await fill(180, 6, 200), 's');
  const ratios: number[] = [];
  for (let round = 1; round <= 3; round++) {
    const before = await bareLoop(origin, 13_000, 24);
    const connector = (30 * 449) / (await fill(30, 6, 1));
    const after = await bareLoop(origin, 13_000, 24);
    say(`one record a call, round ${round}: connector`, connector, 'records/s');
    say(`one record a call, round ${round}: undici alone`, (before + after) / 2, 'records/s');
    ratios.push((2 * connector) / (before + after));
  }
  say('ratio, median', ratios.toSorted((a, b) => a - b)[1] ?? 0, '');

  await forgetTargets(db);
  writeTargets(targetsFile, origin, { count: many, systems: 100, batchSize: 200 });
  await db.query('update revision set applied_at = null');
  const firstApp = await connector();
  const first = await up(startApp(firstApp));
  await seedLinks(db, entries);
  await db.query('update revision set applied_at = now()');
  await inStep(1, many);
  let revision = 1;
  const retitle = (): Promise<number> =>
    timed(async () => {
      await retitleOne(db, ++revision, 'A1.1.1.1');
      await inStep(revision, many);
    });
  const times = [await retitle(), await retitle(), await retitle()];
  say(`one retitle to ${many} targets, first`, times[0] ?? 0, 's');
  say(`one retitle to ${many} targets, then`, Math.min(...times.slice(1)), 's');
  const overview = `http://127.0.0.1:${firstApp.port}/api/v1/targets/summary?by=system`;
  await fetch(overview).then((answer) => answer.text());
  say(
    'overview of all targets',
    1_000 * (await timed(() => fetch(overview).then((answer) => answer.text()))),
    'ms',
  );
  say('peak memory of the connector', peakMemoryMb(first.child.pid), 'MB');
  const second = await up(startApp(await connector()));
  say('the same with two instances', Math.min(await retitle(), await retitle()), 's');
  await retitleOne(db, ++revision, 'A1.1.1.1');
  await wait(300);
  process.kill(first.child.pid, 'SIGKILL');
  say('takeover: kill of one of two to all in step', await timed(() => inStep(revision, many)), 's');
  await stopProcess(processOf(second));
} finally {
  await db.end().catch(() => undefined);
  crm.disconnect();
  await Promise.all(guard.list().map(stopProcess));
  guard.close();
}
