import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An import that was taken for a historical edition when its file was read stays one, whatever is placed meanwhile. */
export class HistoricalImports1700000000023 implements MigrationInterface {
  name = 'HistoricalImports1700000000023';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table import add column is_history boolean not null default false;
      update import set is_history = true where findings @> '[{"rule": "edition-historical"}]';
      create index import_draft on import (draft_id)`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
