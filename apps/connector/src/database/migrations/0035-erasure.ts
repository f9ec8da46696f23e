import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person can be erased, and does not count as another one when they come back. */
export class Erasure1764000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Whoever was known before somebody was erased is not that person.
alter table person
  add column known_since timestamptz not null default '-infinity',
  add column erased_at timestamptz;
alter table person alter column known_since set default clock_timestamp();
update person set erased_at = now() where subject is null;
alter table person add constraint person_erased_check check ((erased_at is null) = (subject is not null));`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
