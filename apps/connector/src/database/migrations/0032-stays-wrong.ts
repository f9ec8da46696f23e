import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A target that holds something else than it acknowledged, and that nobody mends, is told from one in step. */
export class StaysWrong1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- stays_wrong: the last reading found something wrong, and left it so: held for an operator, or only to be reported.
alter table drift_check add column stays_wrong boolean not null default false;
update drift_check c set stays_wrong = true
from target t join profile p on p.id = t.profile_id
where t.id = c.target_id and (c.held or (c.outcome = 'drifted' and p.policies ->> 'drift' = 'report'));
create index drift_stays_wrong on drift_check (target_id) where stays_wrong;
create trigger watched after update of stays_wrong on drift_check for each statement execute function tell_watchers();`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
