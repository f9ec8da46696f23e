import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators decide of a target and of single concepts; readers that are not ours; news for those who watch. */
export class Operations1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- quarantine: why a person took the target out; null: not.
alter table target add column quarantine text;

-- Concepts that an operator excluded at a target. because_of: the concept that was skipped, without whose record this
-- one cannot be.
create table skip (
  target_id text not null references target on delete cascade,
  concept_id uuid not null,
  because_of uuid not null,
  reason text not null,
  since timestamptz not null default now(),
  primary key (target_id, concept_id)
);

-- Readers of the map that are not ours, with what they last said to hold.
create table consumer (
  id text not null,
  scheme text not null,
  person_id uuid not null references person,
  revision int not null,
  content_hash text not null,
  reported_at timestamptz not null default now(),
  primary key (id, scheme)
);

-- Somebody who watches is told that there is something to read; one message for a transaction, however much it changed.
create function tell_watchers() returns trigger language plpgsql set search_path = connector, pg_temp as $$
begin
  perform pg_notify('mappa_connector_live', '');
  return null;
end $$;
create trigger watched after insert or update or delete on target for each statement execute function tell_watchers();
create trigger watched after insert or delete on stuck for each statement execute function tell_watchers();
create trigger watched after insert or update or delete on skip for each statement execute function tell_watchers();
create trigger watched after update of trouble on system for each statement execute function tell_watchers();
create trigger watched after update of applied_at on revision for each statement execute function tell_watchers();
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
