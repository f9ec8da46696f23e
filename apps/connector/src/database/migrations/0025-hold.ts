import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Targets to which more would be done than was approved wait for a person. */
export class Hold1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- guard: whether targets are held that would go beyond the approved plan.
alter table profile add column guard text not null default 'hold' check (guard in ('hold', 'off'));

-- A target that may not go from one revision to another, because more would be done than was approved; both in groups:
-- {"created": 1, "changed": 2, "ended": 0}. It says nothing once the target has another revision, or should have another.
-- released: a person wants it done, as much as it says.
create table hold (
  target_id text primary key references target on delete cascade,
  scheme text not null,
  revision int not null,
  applied int not null,
  would jsonb not null,
  approved jsonb not null,
  released boolean not null default false,
  since timestamptz not null default now(),
  foreign key (scheme, revision) references revision on delete cascade
);
create index hold_revision on hold (scheme, revision);
create trigger watched after insert or update or delete on hold for each statement execute function tell_watchers();`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
