import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Times from which the stages of a revision are measured, also after a restart; written with what is written anyway. */
export class Stages1764000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- When the event came to the broker; null: it was read from the catalog's API.
alter table revision add column broker_at timestamptz;
-- The revision that turns last tried to bring the target to, and since when.
alter table target add column tried_revision int, add column tried_at timestamptz;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
