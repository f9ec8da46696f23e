import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A target that is compared in full still says which revision it holds. */
export class ComparedFrom1764000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- The revision that it held when it was last set to be compared in full. Whoever is told what it holds hears this one until that is done.
alter table target add column compared_from int not null default 0;
create function note_compared() returns trigger language plpgsql as $$
begin
  new.compared_from := old.applied_revision;
  return new;
end $$;
create trigger compared before update of applied_revision on target for each row
  when (new.applied_revision = 0 and old.applied_revision > 0) execute function note_compared();`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
