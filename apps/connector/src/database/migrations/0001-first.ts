import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replica of the maps, registry of targets, and the ledger of what each target acknowledged. */
export class First1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- One row. Names the consumer group, so that an empty database reads the topics from their beginning.
create table installation (id uuid primary key default gen_random_uuid());
insert into installation default values;

-- Epochs of the catalog's change log, in the order in which the revisions topic shows them; the last one counts.
create table log_epoch (
  epoch text primary key,
  number int generated always as identity,
  reconciled_at timestamptz
);

-- Revisions in force. Applied: the replica holds it, and its hash was equal.
create table revision (
  scheme text not null,
  number int not null,
  edition text not null,
  effective_date date not null,
  changes int not null,
  content_hash text not null,
  base_revision int,
  published_at timestamptz not null,
  received_at timestamptz not null default now(),
  applied_at timestamptz,
  problem text,
  repairs int not null default 0,
  repair_at timestamptz,
  primary key (scheme, number)
);

-- Changes of revisions that are not applied yet. A row is removed when its revision is applied.
create table received_change (
  scheme text not null,
  revision int not null,
  index int not null,
  epoch text,
  concept_id uuid not null,
  after jsonb,
  content_hash text,
  received_at timestamptz not null default now(),
  primary key (scheme, revision, index)
);

-- The replica: every entry from the revision that made it to the one that ended it.
create table entry (
  scheme text not null,
  concept_id uuid not null,
  from_revision int not null,
  to_revision int,
  code text collate "C",
  parent_id uuid,
  rank int not null,
  level int not null,
  titles jsonb not null,
  notes jsonb not null,
  attributes jsonb not null,
  content_hash text not null,
  primary key (concept_id, from_revision),
  check (to_revision > from_revision)
);
create unique index entry_live on entry (concept_id) where to_revision is null;
create index entry_parent on entry (parent_id);
create index entry_code on entry (scheme, code);
create index entry_from on entry (scheme, from_revision);
create index entry_to on entry (scheme, to_revision) where to_revision is not null;

-- How concepts last stood that the catalog took back with a part of its history; targets may still hold them.
create table withdrawn_entry (
  concept_id uuid primary key,
  scheme text not null,
  code text collate "C" not null,
  parent_id uuid,
  level int not null,
  titles jsonb not null,
  withdrawn_on date not null
);

-- Merkle nodes of the highest applied revision.
create table node (
  concept_id uuid primary key,
  scheme text not null,
  hash text not null
);

create table organisation (
  id text primary key,
  name text not null
);

create table system (
  id text primary key,
  address text not null,
  username text not null,
  secret text not null check (secret ~ '^(env|file):'),
  lease_holder uuid,
  lease_until timestamptz,
  failures int not null default 0,
  trouble text check (trouble in ('failing', 'slow-down')),
  reason text,
  retry_at timestamptz
);

create table profile (
  id text primary key,
  kind text not null,
  driver text not null,
  language text not null,
  missing_title text not null check (missing_title in ('show', 'refuse')),
  settings jsonb not null
);

-- applied_revision: all of it is acknowledged or stuck. attempting: what an unfinished turn was sending
-- (0: several revisions); its last requests may have arrived unseen. resets: counts demands for a full comparison.
create table target (
  id text primary key,
  organisation_id text not null references organisation,
  system_id text not null references system,
  profile_id text not null references profile,
  scheme text not null,
  listed boolean not null default true,
  paused boolean not null default false,
  applied_revision int not null default 0,
  attempting int,
  resets int not null default 0,
  in_step boolean not null default false,
  in_step_hash text
);
create index target_system on target (system_id);

-- What a target acknowledged of a concept. No hash: the record must be sent again. parent_id is a concept.
create table link (
  target_id text not null references target,
  concept_id uuid not null,
  generation int not null,
  external_id text not null,
  state text not null check (state in ('current', 'ended')),
  code text collate "C" not null,
  parent_id uuid,
  hash text,
  acknowledged_at timestamptz not null default now(),
  primary key (target_id, concept_id, generation)
);
create unique index link_current on link (target_id, concept_id) where state = 'current';
create index link_code on link (code, target_id);
create index link_parent on link (target_id, parent_id);
create index link_unsent on link (target_id) where hash is null;

-- The concepts that a target does not take, and those that wait for them.
create table stuck (
  target_id text not null references target,
  concept_id uuid not null,
  class text not null check (class in ('rejected', 'waits')),
  code text collate "C" not null,
  title text not null,
  reason text not null,
  hash text,
  attempts int not null default 0,
  since timestamptz not null default now(),
  next_attempt_at timestamptz,
  primary key (target_id, concept_id)
);
create index stuck_code on stuck (code);
create index stuck_due on stuck (target_id, next_attempt_at) where next_attempt_at is not null;

-- The revision that targets of a scheme should hold: the highest one whose day has come.
create view desired as
  select scheme, max(number) as revision
  from revision
  where applied_at is not null and effective_date <= (now() at time zone 'Europe/Rome')::date
  group by scheme;
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
