import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records of targets of which a person said that they are nobody's of ours. */
export class NotOurs1764000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table not_ours (
  target_id text not null references target on delete cascade,
  external_id text not null,
  code text collate "C" not null,
  decided_at timestamptz not null default now(),
  primary key (target_id, external_id)
);
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
