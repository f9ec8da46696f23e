import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Targets whose records are said to stand at another place now. */
export class Moved1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- awaits_check: nothing is sent before a drift check has found its records at the new place.
alter table target add column awaits_check boolean not null default false;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
