import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A resync is a mark on the target, so that ten thousand of them are one short statement. */
export class Resync1764000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- resync_asked: before its next turn the ledger forgets what the target acknowledged, so that all of it is sent again.
alter table target add column resync_asked boolean not null default false;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
