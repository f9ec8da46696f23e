import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A record that was mended is known to have been, however long it waits to be sent, and under whatever id it is made again. */
export class MendedRecords1764000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- mended_at: a reading had the record mended then, and none has found it as it should be since.
alter table link add column mended_at timestamptz;
create index link_mended on link (target_id) where mended_at is not null;
update link l set mended_at = now() from drift_finding f
where f.mended and f.target_id = l.target_id and f.external_id = l.external_id;
alter table drift_finding drop column mended;
-- mended: so many records the last reading had mended.
alter table drift_check add column mended int not null default 0;`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
