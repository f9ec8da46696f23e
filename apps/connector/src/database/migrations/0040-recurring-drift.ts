import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is found wrong and mended each day is told, although it is right for the rest of the day. */
export class RecurringDrift1764000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- mended_times: so many times in a row the record was mended; null: never, or it stood as it should for two days since.
alter table link add column mended_times smallint;
update link set mended_times = 1 where mended_at is not null;
-- times: mended_times, once the reading was written. recurring: not wrong, and mended three times in a row or more.
alter table drift_finding
  add column times int not null default 0,
  drop constraint drift_finding_kind_check,
  add constraint drift_finding_kind_check check (kind in ('missing', 'altered', 'extra', 'foreign', 'recurring'));
-- recurring: so many records were mended three times in a row or more, when the last reading was written.
alter table drift_check add column recurring int not null default 0;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
