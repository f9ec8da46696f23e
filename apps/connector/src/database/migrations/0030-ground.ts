import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a target holds, and whether all of it must be compared, are two things. */
export class Ground1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- compare_full: what the ledger says no longer follows from applied_revision alone, so the next turn compares everything.
-- resets: counts whatever takes the ground from under a turn; a turn that began before it closes nothing.
alter table target add column compare_full boolean not null default false;
drop trigger compared on target;
drop function note_compared();
update target set applied_revision = compared_from, compare_full = true where applied_revision = 0 and compared_from > 0;
update hold h set applied = t.applied_revision from target t where t.id = h.target_id and h.applied = 0;
alter table target drop column compared_from;

-- Schemes whose replica is taken anew, and the revision that it held: nothing is delivered before it holds that again.
create table replica_repair (scheme text primary key, until_revision int not null);`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
