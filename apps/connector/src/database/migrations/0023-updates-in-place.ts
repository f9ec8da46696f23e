import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a retitle updates stays where it is, in the page and in all indexes (heap-only tuples). For that no index may depend on
 * a column that changes, its condition included, and pages need room for one more version of some rows.
 */
export class UpdatesInPlace1764000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
drop index link_unsent;
alter table link set (fillfactor = 90);
alter table link add column unsent boolean not null generated always as (hash is null) stored;
create index link_unsent on link (target_id) where unsent;

-- A turn updates its target three times, and the heartbeat all systems at work each second.
alter table target set (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.05);
alter table system set (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.05);
create index target_held_back on target (system_id) where paused or quarantine is not null or not listed;
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
