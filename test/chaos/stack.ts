import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../deploy/local/build.ts';
import { startKafkaOnJava } from '../../deploy/local/kafka/start-kafka-java.ts';
import { ensureDatabase } from '../../deploy/local/postgres/ensure-database.ts';
import { adminUrl, startPostgres } from '../../deploy/local/postgres/start-postgres.ts';
import { freePort } from '../../deploy/local/processes/free-port.ts';
import { startApp, type App } from '../../deploy/local/services/app.ts';
import { addressesOf, appEnvironment, databasesOf } from '../../deploy/local/services/environment.ts';
import { bootstrap, migrate } from '../../deploy/local/services/migrate.ts';
import { temporaryDirectory } from '../../deploy/local/state/temporary-directory.ts';
import { stackPorts } from '../support/stack-ports.ts';
import { startToxiproxy, type Toxiproxy } from '../support/servers/toxiproxy.ts';
import { KeepAlive } from './keep-alive.ts';
import type { Wire } from './schedule.ts';
import { rootFolders, targetsFile } from './targets.ts';

export interface ChaosStack {
  /** Of the apps themselves, past every proxy. */
  readonly addresses: { readonly catalog: string; readonly connector: string; readonly sandbox: string };
  readonly processes: KeepAlive;
  readonly proxies: Toxiproxy;
  /** Id of each root folder of the records system, by its path. */
  readonly roots: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** A minute is a second; a lost answer is given up and a dead connector replaced within a few seconds. */
const hurried = {
  TIME_SCALE: '60',
  SYSTEM_PAUSES_MS: '5000,60000,180000',
  RETRY_REJECTED_MS: '120000',
  HOLE_MS: '120000',
  SYSTEM_LEASE_MS: '3000',
  REQUEST_TIMEOUT_MS: '3000',
  TARGET_CHAOS_WEBHOOK: 'whsec_bWFwcGEtc2FuZGJveC1yZWNlaXZlci1zZWNyZXQ=',
};

/** The product with two connectors on new data, and toxiproxy before Postgres, Kafka and every target. */
export async function startChaosStack(): Promise<ChaosStack> {
  const home = temporaryDirectory('chaos');
  const processes = new KeepAlive();
  const proxies = await startToxiproxy();
  const stop = async (): Promise<void> => {
    await processes.stop();
    await proxies.stop();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    return { ...(await startAll(home, processes, proxies)), processes, proxies, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(home: string, processes: KeepAlive, proxies: Toxiproxy) {
  const log = (name: string): string => join(home, `${name}.log`);
  await build(log('build'));
  const ports = await stackPorts();
  const wires: Record<Wire, number> = {
    crm: await proxies.before('crm', ports.sandbox),
    cmis: await proxies.before('cmis', ports.sandbox),
    scim: await proxies.before('scim', ports.sandbox),
    webhook: await proxies.before('webhook', ports.sandbox),
    kafka: await proxies.before('kafka', ports.kafka),
    'postgres-catalog': await proxies.before('postgres-catalog', ports.postgres),
    'postgres-1': await proxies.before('postgres-1', ports.postgres),
    'postgres-2': await proxies.before('postgres-2', ports.postgres),
  };
  const secrets = { postgres: secret(), catalog: secret(), connector: secret() };
  const postgres = {
    directory: join(home, 'postgres'),
    port: ports.postgres,
    password: secrets.postgres,
    log: log('postgres'),
  };
  const kafka = {
    directory: join(home, 'kafka'),
    port: ports.kafka,
    advertisedPort: wires.kafka,
    controllerPort: ports['kafka-controller'],
    log: log('kafka'),
  };
  await Promise.all([
    processes.start('postgres', 0, () => startPostgres(postgres)),
    processes.start('kafka', 1, () => startKafkaOnJava(kafka)),
  ]);
  const admin = await ensureDatabase(adminUrl(postgres));
  const addresses = addressesOf(ports);
  const through = (wire: Wire): string => {
    const url = new URL(admin);
    url.port = String(wires[wire]);
    return url.href;
  };
  const brokers = `127.0.0.1:${wires.kafka}`;
  const app = (name: App['name'], wire: Wire, port = ports[name], more: NodeJS.ProcessEnv = {}): App => {
    const around = { addresses, ports, databases: databasesOf(through(wire), secrets), brokers, home };
    const env = appEnvironment(name, around, { ...process.env, ...more });
    return { name, env: { ...env, ...more, PORT: String(port) }, port, log: log(`${name}-${port}`) };
  };
  const more = { ...hurried, TARGETS_FILE: join(home, 'targets.json') };
  writeFileSync(more.TARGETS_FILE, targetsFile(wires));
  const catalog = app('catalog', 'postgres-catalog');
  const connectors = [
    app('connector', 'postgres-1', ports.connector, more),
    app('connector', 'postgres-2', await freePort(), more),
  ] as const;
  await Promise.all([migrate(catalog, admin), migrate(connectors[0], admin)]);
  await Promise.all([
    processes.start('sandbox', 2, () => startApp(app('sandbox', 'postgres-catalog'))),
    bootstrap(catalog, log('bootstrap')),
  ]);
  const roots = await rootFolders(addresses.sandbox);
  await processes.start('catalog', 3, () => startApp(catalog));
  await Promise.all(
    connectors.map((connector, i) => processes.start(`connector-${i + 1}`, 4, () => startApp(connector))),
  );
  return { addresses, roots };
}

const secret = (): string => randomBytes(12).toString('hex');
