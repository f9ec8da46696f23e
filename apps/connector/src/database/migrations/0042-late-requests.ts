import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a target does after nobody waits for it any more is looked for. */
export class LateRequests1764000000042 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- late_at: until then the target may do what it was sent and nobody knows the answer of, over what it acknowledged since; then it is read.
alter table drift_check add column late_at timestamptz;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
