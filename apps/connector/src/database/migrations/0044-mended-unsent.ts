import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only of targets at which something mended waited to be sent it is looked up whether that was sent since. */
export class MendedUnsent1764000000044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- mended_unsent: when the last reading began, something that was mended before waited still to be sent.
alter table drift_check add column mended_unsent boolean not null default false;
update drift_check c set mended_unsent = true
where exists (select from link l where l.target_id = c.target_id and l.mended_at < c.started_at
  and (l.unsent or l.acknowledged_at > c.started_at));`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
