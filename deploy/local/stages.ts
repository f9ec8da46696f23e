import { build } from './build.ts';
import { text } from './messages.mjs';
import { databaseUrl } from './postgres/ensure-database.ts';
import { adminUrl } from './postgres/start-postgres.ts';
import { kafka, postgres } from './servers.ts';
import type { Stages } from './stages-context.ts';
import { startApp, stopOrder } from './services/app.ts';
import type { App } from './services/app.ts';
import { addressesOf, appEnvironment, databasesOf } from './services/environment.ts';
import type { Surroundings } from './services/environment.ts';
import { keepRunning } from './services/keep-running.ts';
import { bootstrap, migrate } from './services/migrate.ts';
import type { Ports } from './state/ports.ts';
import type { Secrets } from './state/secrets.ts';

/** Brings everything up, each stage as soon as those that it needs are done. */
export async function bringUp(stages: Stages, around: Surroundings): Promise<void> {
  const { launcher, screen } = stages;
  const { admin } = around.databases;
  const app = (name: App['name']): App => ({
    name,
    env: appEnvironment(name, around, stages.env),
    port: around.ports[name],
    log: launcher.logOf(name),
  });
  const after = async (needed: readonly Promise<unknown>[], begin: () => Promise<unknown>): Promise<void> => {
    await Promise.all(needed);
    launcher.stopping.throwIfAborted();
    await launcher.during(begin());
  };
  const start = (name: App['name'], shown: string): Promise<void> =>
    screen.stage(
      shown,
      keepRunning(() => startApp(app(name)), stopOrder[name], stages.keeper),
    );
  const { addresses, brokers } = around;

  const built = after([], () => buildApps(stages));
  const database = after([], () => postgres(stages, admin));
  const broker = after([], () => kafka(stages, brokers));
  const migrated = after([built, database], () =>
    screen.stage(
      text('stageMigrations'),
      Promise.all([migrate(app('catalog'), admin), migrate(app('connector'), admin)]),
    ),
  );
  const sandbox = after([built], () =>
    start('sandbox', text('stageSandbox', { address: addresses.sandbox })),
  );
  const published = after([migrated], () =>
    screen.stage(
      text('stageBootstrap', { report: launcher.logOf('import') }),
      bootstrap(app('catalog'), launcher.logOf('import')),
    ),
  );
  const catalog = after([migrated, broker], () =>
    start('catalog', text('stageCatalog', { address: addresses.catalog })),
  );
  const connector = after([catalog, sandbox], () =>
    start('connector', text('stageConnector', { address: addresses.connector })),
  );
  await Promise.all([built, database, broker, migrated, sandbox, published, catalog, connector]);
}

/** Every address of this start, known before anything runs. */
export function surroundings(
  home: string,
  ports: Ports,
  secrets: Secrets,
  env: NodeJS.ProcessEnv,
): Surroundings {
  const server = env['DATABASE_URL'] || adminUrl({ port: ports.postgres, password: secrets.postgres });
  return {
    addresses: addressesOf(ports),
    ports,
    databases: databasesOf(databaseUrl(server), secrets),
    brokers: env['KAFKA_BROKERS'] || `127.0.0.1:${ports.kafka}`,
    home,
  };
}

function buildApps({ screen, launcher }: Stages): Promise<boolean> {
  return screen.stage(text('stageBuild'), build(launcher.logOf('build')), (compiled) =>
    text(compiled ? 'stageBuild' : 'stageBuildSkipped'),
  );
}
