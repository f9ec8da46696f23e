import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Review, sealing and audit: DESIGN.md sections 4 to 6. */
export class Workflow1700000000002 implements MigrationInterface {
  name = 'Workflow1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [audit, overlay, review, log]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/** A row of the audit log is canonical JSON; its hash covers the hash before it. Names stand in `person` alone. */
const audit = `
  create table person (
    id uuid primary key default gen_random_uuid(),
    subject text unique,
    name text
  );

  create table audit (
    position bigint primary key,
    body text not null,
    hash bytea not null check (length(hash) = 32),
    actor uuid not null generated always as ((body::jsonb ->> 'actor')::uuid) stored,
    action text not null generated always as (body::jsonb ->> 'action') stored,
    subject text not null generated always as (body::jsonb ->> 'subject') stored
  );
  create index audit_subject on audit (subject, position);

  create function guard_audit() returns trigger language plpgsql as $$
  declare last audit;
  begin
    select * into last from audit order by position desc limit 1;
    if new.position <> coalesce(last.position, 0) + 1
      or new.position is distinct from (new.body::jsonb ->> 'position')::bigint
      or new.hash <> sha256(coalesce(last.hash, '') || convert_to(new.body, 'UTF8'))
    then
      raise exception 'an entry of the audit log continues its chain' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create function audit_head() returns audit language plpgsql as $$
  declare last audit;
  begin
    perform pg_advisory_xact_lock(hashtextextended('audit', 0));
    select * into last from audit order by position desc limit 1;
    return last;
  end $$;

  create trigger chained before insert on audit for each row execute function guard_audit();
  create trigger never before update or delete or truncate on audit for each statement execute function refuse_change();`;

const overlay = `
  create table draft_succession (
    draft_id uuid not null references draft on delete cascade,
    predecessor uuid not null,
    successor uuid not null check (successor <> predecessor),
    primary key (draft_id, predecessor, successor)
  );
  create index draft_succession_successor on draft_succession (draft_id, successor);
  insert into draft_succession (draft_id, predecessor, successor)
    select distinct draft_id, concept_id, s from draft_entry, unnest(successors) s where s <> concept_id;

  alter table draft_entry disable trigger only_open_update;
  alter table draft_entry add column before jsonb, add column decided_none boolean not null default false;
  update draft_entry d set
    decided_none = d.retired and d.successors = '{}',
    before = (
      select jsonb_build_object('conceptId', e.concept_id, 'code', e.code, 'parentId', e.parent_id, 'rank', e.rank,
        'titles', e.titles, 'notes', e.notes, 'attributes', e.attributes)
      from draft join entry e on e.concept_id = d.concept_id and e.live @> draft.base_revision
      where draft.id = d.draft_id);
  alter table draft_entry drop column successors;
  alter table draft_entry enable trigger only_open_update;

  create or replace function guard_overlay() returns trigger language plpgsql as $$
  begin
    if exists (select from touched t join draft d on d.id = t.draft_id where d.state in ('published', 'discarded')) then
      raise exception 'the entries of a closed draft are not changed any more' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger only_open_delete after delete on draft_entry
    referencing old table as touched for each statement execute function guard_overlay();
  create trigger only_open_insert after insert on draft_succession
    referencing new table as touched for each statement execute function guard_overlay();
  create trigger only_open_delete after delete on draft_succession
    referencing old table as touched for each statement execute function guard_overlay();`;

const review = `
  alter table scheme add column approvals int not null default 1 check (approvals in (1, 2));

  alter table draft drop constraint draft_state_check;
  alter table draft
    add constraint draft_state_check check (state in
      ('open', 'submitted', 'approved', 'sealed', 'published', 'rejected', 'withdrawn', 'discarded')),
    add column effective_date date,
    add column submitted_hash bytea check (length(submitted_hash) = 32),
    add column sealed_hash bytea check (length(sealed_hash) = 32),
    add column sealed_on bytea check (length(sealed_on) = 32),
    add column seal_position bigint,
    add column returned_at timestamptz,
    add column erratum boolean not null default false,
    add column rollback_to int,
    add constraint draft_sealed check (state <> 'sealed'
      or (effective_date is not null and sealed_hash is not null and sealed_on is not null and seal_position is not null));
  create index draft_sealed_order on draft (scheme_id, effective_date, seal_position) where state = 'sealed';

  create or replace function guard_draft() returns trigger language plpgsql as $$
  begin
    if old.state in ('published', 'discarded') then
      raise exception 'a draft that is % is not changed any more', old.state using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create table draft_editor (
    draft_id uuid not null references draft on delete cascade,
    person_id uuid not null,
    primary key (draft_id, person_id)
  );
  create table draft_approval (
    draft_id uuid not null references draft on delete cascade,
    version int not null,
    person_id uuid not null,
    content_hash bytea not null,
    at timestamptz not null,
    primary key (draft_id, version, person_id)
  );
  create table draft_acknowledgement (
    draft_id uuid not null references draft on delete cascade,
    finding text not null,
    person_id uuid not null,
    at timestamptz not null,
    primary key (draft_id, finding)
  );
  create table draft_conflict (
    draft_id uuid not null references draft on delete cascade,
    concept_id uuid not null,
    field text not null,
    before jsonb,
    mine jsonb,
    theirs jsonb,
    primary key (draft_id, concept_id, field)
  );
  create table sealed_change (
    draft_id uuid not null references draft on delete cascade,
    index int not null,
    change jsonb not null,
    primary key (draft_id, index)
  );
  create trigger never before update or delete or truncate on draft_approval
    for each statement execute function refuse_change();
  create trigger never before update or delete or truncate on draft_editor
    for each statement execute function refuse_change();`;

/** Beside changes and revisions in force, the log tells what is sealed: those rows belong to no revision yet. */
const log = `
  alter table change_log add column kind text;
  alter table change_log disable trigger never;
  update change_log set kind = case when index is null then 'in-force' else 'change' end;
  alter table change_log enable trigger never;
  alter table change_log
    alter column kind set not null,
    alter column revision drop not null,
    add constraint change_log_kind check (kind in
      ('change', 'in-force', 'announced', 'sealed', 'resealed', 'withdrawn', 'history-added')),
    add constraint change_log_of_revision check (revision is not null or kind not in ('change', 'in-force', 'history-added'));
  drop index change_log_revision;
  create unique index change_log_revision on change_log (scheme_id, revision, index) nulls not distinct
    where kind in ('change', 'in-force');`;
