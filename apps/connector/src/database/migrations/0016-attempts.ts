import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What turns came to, and what was sent and answered where something was not taken. */
export class Attempts1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- turn: all of it, summed up. batch: what a target in trouble was sent together. record: one that it did not take.
create table attempt (
  id bigint primary key generated always as identity,
  target_id text not null references target on delete cascade,
  at timestamptz not null default now(),
  kind text not null check (kind in ('turn', 'batch', 'record')),
  revision int not null,
  concept_id uuid,
  code text collate "C",
  answer text not null,
  reason text not null,
  sent int not null,
  done int not null,
  rejected int not null,
  duration_ms int not null,
  status int,
  request text,
  response text
);
create index attempt_target on attempt (target_id, id);
create index attempt_code on attempt (target_id, code, id) where code is not null;
create index attempt_age on attempt (at);
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
