import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a drift check saw of a record that it had mended is known, so that mending it frees just that. */
export class FoundCodes1764000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- found_code: the code under which a reading found the record that it had mended, or missed it; null once the target acknowledged it again.
alter table link add column found_code text collate "C";`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
