import { createLogger, readEnv, runMigrations } from '#platform';
import { migrateEnv } from './config.ts';
import { connectorMigrations } from './database/schema.ts';

const config = readEnv(migrateEnv);
const logger = createLogger('connector-migrate', config.LOG_LEVEL);
const names = await runMigrations({
  ...connectorMigrations,
  adminUrl: config.MIGRATION_DATABASE_URL,
  appUrl: config.DATABASE_URL,
  logger,
});
logger.info(
  { migrations: names },
  names.length ? 'the database is up to date now' : 'the database was up to date',
);
