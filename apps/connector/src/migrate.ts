import { migrateCommand } from '#platform';
import { connectorMigrations } from './database/schema.ts';

await migrateCommand('connector', connectorMigrations);
