import { migrateCommand } from '#platform';
import { catalogMigrations } from './database/migrations.ts';

await migrateCommand('catalog', catalogMigrations);
