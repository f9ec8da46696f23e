import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a draft means for targets, by profile, is part of what is approved, and travels with the revision. Null: it covers no plan. */
export class PlanOfASubmission1700000000014 implements MigrationInterface {
  name = 'PlanOfASubmission1700000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table draft add column plan jsonb; alter table revision add column plan jsonb');
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
