import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is stuck remembers that its record may have been made by a request whose answer was lost. */
export class StuckMayExist1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stuck add column may_exist boolean not null default false');
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
