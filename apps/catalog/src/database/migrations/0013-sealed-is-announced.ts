import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sealed is announced by being `sealed`: a kind of its own was allowed in the log, and never written. */
export class SealedIsAnnounced1700000000013 implements MigrationInterface {
  name = 'SealedIsAnnounced1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statement = `
  alter table change_log
    drop constraint change_log_kind,
    add constraint change_log_kind check (kind in
      ('change', 'in-force', 'sealed', 'resealed', 'withdrawn', 'history-added'));`;
