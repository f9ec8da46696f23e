import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sealed change sets, apart from what is in force, and what targets would refuse of them. */
export class Sealed1764000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- As the catalog lists them; place: in the order in which they come into force. Each stands on the one before it, the
-- first on the newest revision. due_at: of the next rehearsal. done_*: how far the one under way is.
create table sealed_set (
  id uuid primary key,
  scheme text not null,
  place int not null,
  edition text not null,
  effective_date date not null,
  changes int not null,
  content_hash text not null,
  base_hash text not null,
  is_fetched boolean not null default false,
  due_at timestamptz not null default now(),
  done_profile text not null default '',
  done_target text not null default '',
  rehearsed_at timestamptz,
  lease_holder uuid,
  lease_until timestamptz
);
create index sealed_set_order on sealed_set (scheme, place);

create table sealed_change (
  set_id uuid not null references sealed_set on delete cascade,
  index int not null,
  concept_id uuid not null,
  before jsonb,
  after jsonb,
  primary key (set_id, index)
);

-- Only targets that would refuse something. refused: entries; shown: the first of them by code.
create table sealed_refusal (
  set_id uuid not null references sealed_set on delete cascade,
  target_id text not null references target on delete cascade,
  refused int not null check (refused > 0),
  shown jsonb not null,
  primary key (set_id, target_id)
);
create index sealed_refusal_target on sealed_refusal (target_id);
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
