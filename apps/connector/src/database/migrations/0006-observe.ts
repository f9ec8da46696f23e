import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A new target is looked at before anything is written to it. */
export class Observe1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table target add column mode text not null default 'on' check (mode in ('observe', 'on'))`,
    );
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
