import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who sent the file of an import, and imports that wait for their turn to be read. */
export class WhoSendsAFile1700000000009 implements MigrationInterface {
  name = 'WhoSendsAFile1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table import add column sent_by uuid;
      alter table import drop constraint import_state_check;
      alter table import add constraint import_state_check check (state in
        ('waiting', 'queued', 'reading', 'failed', 'matching', 'applied', 'stopped', 'interrupted'));`);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
