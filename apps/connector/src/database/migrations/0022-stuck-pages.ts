import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a target does not take is read page by page, in order of code. */
export class StuckPages1764000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index stuck_page on stuck (target_id, code, concept_id)');
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
