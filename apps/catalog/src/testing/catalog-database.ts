import { createLogger, runMigrations } from '#platform';
import type { DataSource } from 'typeorm';
import { freshDatabase, type FreshDatabase } from '../../../../test/support/database.ts';
import { catalogDataSource } from '../database/data-source.ts';
import { catalogMigrations } from '../database/migrations.ts';

/** A migrated catalog of its own for a test file, connected as the application's role. */
export interface CatalogDatabase {
  readonly db: DataSource;
  readonly appUrl: string;
  readonly fresh: FreshDatabase;
  close(): Promise<void>;
}

export async function catalogDatabase(): Promise<CatalogDatabase> {
  const fresh = await freshDatabase('catalog');
  const appUrl = fresh.urlFor('mappa_catalog', 'catalog-test');
  await runMigrations({
    ...catalogMigrations,
    adminUrl: fresh.url,
    appUrl,
    logger: createLogger('test', 'silent'),
  });
  const db = await catalogDataSource(appUrl).initialize();
  return {
    db,
    appUrl,
    fresh,
    close: async () => {
      await db.destroy();
      await fresh.drop();
    },
  };
}
