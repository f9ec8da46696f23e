import { DataSource } from 'typeorm';
import { createLogger, runMigrations, type Logger } from '#platform';
import { freshDatabase } from '../../../../test/support/database.ts';
import { connectorDataSourceOptions, connectorMigrations } from '../database/schema.ts';

/** A migrated database of its own for a test file. */
export interface ConnectorDatabase {
  /** As the application's role. */
  readonly db: DataSource;
  readonly appUrl: string;
  /** Of the superuser. */
  readonly adminUrl: string;
  readonly logger: Logger;
  close(): Promise<void>;
}

export async function connectorDatabase(): Promise<ConnectorDatabase> {
  const fresh = await freshDatabase('connector');
  const appUrl = fresh.urlFor('mappa_connector', 'connector-test');
  const logger = createLogger('test', 'silent');
  await runMigrations({ ...connectorMigrations, adminUrl: fresh.url, appUrl, logger });
  const db = await openDatabase(appUrl);
  return {
    db,
    appUrl,
    adminUrl: fresh.url,
    logger,
    close: async () => {
      await db.destroy();
      await fresh.drop();
    },
  };
}

/** Connections of their own, as another process has them. */
export async function openDatabase(appUrl: string): Promise<DataSource> {
  return new DataSource(connectorDataSourceOptions(appUrl)).initialize();
}
