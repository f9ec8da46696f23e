import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Targets are read back: when each was found equal, and what was found otherwise. */
export class Drift1764000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Since when it is known that a target holds what it acknowledged: the moment at which the reading began.
alter table target add column verified_at timestamptz;
create index link_record on link (target_id, external_id);

-- The last check of each target, and when the next one is due. asked_at: somebody asks for it now. The lease is of the
-- process that reads; what it found is written at the end, all of it or nothing.
create table drift_check (
  target_id text primary key references target,
  asked_at timestamptz,
  due_at timestamptz not null default now(),
  lease_holder uuid,
  lease_until timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  outcome text check (outcome in ('verified', 'drifted', 'in-doubt', 'unreadable')),
  reason text,
  records int not null default 0,
  missing int not null default 0,
  altered int not null default 0,
  extra int not null default 0,
  foreign_records int not null default 0,
  in_doubt int not null default 0
);

create table drift_finding (
  target_id text not null references target,
  number int not null,
  kind text not null check (kind in ('missing', 'altered', 'extra', 'foreign')),
  external_id text,
  code text not null,
  concept_id uuid,
  fields jsonb not null default '[]',
  primary key (target_id, number)
);`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
