import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that profiles delete when their entries leave the map. */
export class Deletion1764000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- leaving: has ended, and is to be deleted. deleted: the target has it no more; it keeps its generation, so that a concept that
-- comes back gets a record of the next one.
alter table link
  drop constraint link_state_check,
  add constraint link_state_check check (state in ('current', 'ended', 'leaving', 'deleted', 'pending'));
-- Must be sent again, or deleted.
alter table link alter column unsent set expression as (state = 'leaving' or hash is null and state <> 'deleted');
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
