import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was approved travels with a revision. */
export class ApprovedPlan1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- What the approval says that the revision means for a target in step, by profile; null: it covers no plan.
alter table revision add column plan jsonb;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
