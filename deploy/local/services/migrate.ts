import { runCommand } from '../processes/run-command.ts';
import { compiled } from './app.ts';
import type { App } from './app.ts';

/** Creates or updates an app's role, schema and tables. */
export function migrate(app: App, adminUrl: string): Promise<void> {
  const env = { ...app.env, MIGRATION_DATABASE_URL: adminUrl };
  return runCommand(process.execPath, [compiled(app.name, 'migrate')], { env, log: app.log });
}

/** Imports and publishes the map of data/ unless the catalog has a revision. */
export function bootstrap(catalog: App, report: string): Promise<void> {
  return runCommand(process.execPath, [compiled('catalog', 'bootstrap')], {
    env: { SCHEME_DIR: 'data/processi-camerali', EDITION: 'rev-2023', ...catalog.env },
    log: report,
  });
}
