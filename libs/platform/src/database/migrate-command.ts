import { z } from 'zod';
import { commonEnv, postgresUrl, readEnv } from '../config.ts';
import { createLogger } from '../logging.ts';
import { runMigrations, type MigrationOptions } from './run-migrations.ts';

const migrateEnv = z.object({
  LOG_LEVEL: commonEnv.shape.LOG_LEVEL,
  /** Of the application: its user and password become its role. */
  DATABASE_URL: postgresUrl,
  /** Of the administrator. */
  MIGRATION_DATABASE_URL: postgresUrl,
});

/** The command `migrate` of an app, configured by its environment. */
export async function migrateCommand(
  app: string,
  migrations: Omit<MigrationOptions, 'adminUrl' | 'appUrl' | 'logger'>,
): Promise<void> {
  const { LOG_LEVEL, DATABASE_URL, MIGRATION_DATABASE_URL } = readEnv(migrateEnv);
  const logger = createLogger(`${app}-migrate`, LOG_LEVEL);
  const names = await runMigrations({
    ...migrations,
    adminUrl: MIGRATION_DATABASE_URL,
    appUrl: DATABASE_URL,
    logger,
  });
  const state = names.length > 0 ? 'is up to date now' : 'was up to date';
  logger.info({ migrations: names }, `the database ${state}`);
}
