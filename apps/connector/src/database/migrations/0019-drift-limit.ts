import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A repair that would touch too much waits for an operator. */
export class DriftLimit1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- held: too much was found wrong, and nothing was mended. released: so many wrong records an operator has seen, and wants mended.
alter table drift_check
  add column held boolean not null default false,
  add column released int not null default 0;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
