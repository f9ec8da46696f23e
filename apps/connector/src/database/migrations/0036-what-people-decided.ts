import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A pause says why and by whom, and a start with the same targets file as before leaves alone what people changed since. */
export class WhatPeopleDecided1764000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table target
  add column pause_reason text,
  add column paused_by uuid,
  add column paused_at timestamptz,
  add constraint target_pause_check check (paused or num_nonnulls(pause_reason, paused_by, paused_at) = 0);

-- What TARGETS_FILE said when a start last applied it.
create table start_file (
  id boolean primary key default true check (id),
  hash text not null,
  applied_at timestamptz not null default now()
);`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
