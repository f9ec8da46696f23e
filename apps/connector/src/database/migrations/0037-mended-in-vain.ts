import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is found wrong again right after it was mended is not mended for ever. */
export class MendedInVain1764000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- mended: the reading had the record mended, or an earlier one did, in vain.
alter table drift_finding add column mended boolean not null default false;
-- in_vain: the last reading found something wrong again that the one before had mended, and left it so.
alter table drift_check add column in_vain boolean not null default false;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
