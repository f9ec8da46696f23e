import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rehearsals of sealed sets ask the targets: one may refuse all of a set, or not answer. */
export class RehearsedThere1764000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Also targets that were not rehearsed. reason: why it would take nothing at all; not_rehearsed: why nobody knows what only it
-- can tell. Sentences, or what the target said.
alter table sealed_refusal
  drop constraint sealed_refusal_refused_check,
  add column reason jsonb,
  add column not_rehearsed jsonb,
  add check (refused > 0 or (refused = 0 and (reason is not null or not_rehearsed is not null)));`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
