import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startKafkaOnJava } from '../../deploy/local/kafka/start-kafka-java.ts';
import { ensureDatabase } from '../../deploy/local/postgres/ensure-database.ts';
import { adminUrl, startPostgres } from '../../deploy/local/postgres/start-postgres.ts';
import { createGuard } from '../../deploy/local/processes/guard.ts';
import { lastLines } from '../../deploy/local/processes/run-command.ts';
import type { Started } from '../../deploy/local/processes/started.ts';
import { stopProcess } from '../../deploy/local/processes/stop-process.ts';
import { startApp, type App } from '../../deploy/local/services/app.ts';
import {
  addressesOf,
  appEnvironment,
  databasesOf,
  type Surroundings,
} from '../../deploy/local/services/environment.ts';
import { bootstrap, migrate } from '../../deploy/local/services/migrate.ts';
import { temporaryDirectory } from '../../deploy/local/state/temporary-directory.ts';
import { stackPorts } from '../support/stack-ports.ts';

/** The product on free ports and new data, its processes started one by one, with a Postgres that syncs to disk. */
export interface BenchStack extends Surroundings {
  readonly pids: Readonly<Record<string, number>>;
  bootstrap(): Promise<void>;
  startApp(name: App['name']): Promise<void>;
  stopApp(name: App['name']): Promise<void>;
  stop(): Promise<void>;
}

export async function benchStack(): Promise<BenchStack> {
  const home = temporaryDirectory('bench');
  const guard = createGuard();
  const pids: Record<string, number> = {};
  const log = (name: string): string => join(home, `${name}.log`);
  const up = async (starting: Promise<Started>): Promise<void> => {
    const started = await starting;
    guard.add(started.name, started.child.pid, { ...started.stopBy, order: 0 });
    pids[started.name] = started.child.pid;
    if (!(await started.ready()))
      throw new Error(`${started.name} did not start:\n${lastLines(started.log)}`);
  };
  const stop = async (): Promise<void> => {
    await Promise.all(guard.list().map(stopProcess));
    guard.close();
    rmSync(home, { recursive: true, force: true });
  };
  try {
    const ports = await stackPorts();
    const secrets = { postgres: randomSecret(), catalog: randomSecret(), connector: randomSecret() };
    const postgres = {
      directory: join(home, 'postgres'),
      port: ports.postgres,
      password: secrets.postgres,
      log: log('postgres'),
    };
    const kafka = {
      directory: join(home, 'kafka'),
      port: ports.kafka,
      controllerPort: ports['kafka-controller'],
      log: log('kafka'),
    };
    await Promise.all([up(startPostgres(postgres)), up(startKafkaOnJava(kafka))]);
    const admin = await ensureDatabase(adminUrl(postgres));
    const around: Surroundings = {
      addresses: addressesOf(ports),
      ports,
      databases: databasesOf(admin, secrets),
      brokers: `127.0.0.1:${ports.kafka}`,
      home,
    };
    const app = (name: App['name']): App => ({
      name,
      env: appEnvironment(name, around, process.env),
      port: ports[name],
      log: log(name),
    });
    await Promise.all([migrate(app('catalog'), admin), migrate(app('connector'), admin)]);
    return {
      ...around,
      pids,
      bootstrap: () => bootstrap(app('catalog'), log('import')),
      startApp: (name) => up(startApp(app(name))),
      stopApp: async (name) => {
        await Promise.all(
          guard
            .list()
            .filter((each) => each.name === name)
            .map(stopProcess),
        );
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function randomSecret(): string {
  return randomBytes(12).toString('hex');
}
