import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The map, its drafts and its change log, as DESIGN.md section 4 draws them. */
export class Map1700000000001 implements MigrationInterface {
  name = 'Map1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [tables, search, guards, log]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const tables = `
  create table scheme (
    id text primary key,
    titles jsonb not null,
    languages text[] not null,
    created_at timestamptz not null default now()
  );

  create table edition (
    id uuid primary key default gen_random_uuid(),
    scheme_id text not null references scheme,
    label text not null,
    definition jsonb not null,
    source_sha256 text,
    created_at timestamptz not null default now(),
    unique (scheme_id, label)
  );

  create table revision (
    scheme_id text not null references scheme,
    number int not null check (number > 0),
    edition_id uuid not null references edition,
    in_force_from date not null,
    content_hash bytea not null check (length(content_hash) = 32),
    changes int not null,
    published_by text not null,
    published_at timestamptz not null default now(),
    opened_by xid8 not null default pg_current_xact_id(),
    primary key (scheme_id, number)
  );

  create table concept (
    id uuid primary key,
    scheme_id text not null references scheme,
    unique (id, scheme_id)
  );

  create table entry (
    scheme_id text not null,
    concept_id uuid not null,
    from_revision int not null,
    to_revision int check (to_revision > from_revision),
    code text collate "C" check (code <> ''),
    parent_id uuid check (parent_id <> concept_id),
    rank int not null,
    titles jsonb not null,
    notes jsonb not null,
    attributes jsonb not null,
    content_hash bytea not null check (length(content_hash) = 32),
    live int4range generated always as (int4range(from_revision, to_revision)) stored,
    primary key (concept_id, live without overlaps),
    foreign key (concept_id, scheme_id) references concept (id, scheme_id),
    foreign key (scheme_id, from_revision) references revision (scheme_id, number),
    foreign key (parent_id, period live) references entry (concept_id, period live) deferrable initially deferred
  );
  create unique index entry_live_code on entry (scheme_id, code) where to_revision is null;
  create unique index entry_live_concept on entry (concept_id) where to_revision is null;
  create index entry_parent on entry (parent_id);
  create index entry_siblings on entry (scheme_id, parent_id, rank) where to_revision is null;
  create index entry_code on entry (scheme_id, code);
  create index entry_from on entry (scheme_id, from_revision);
  create index entry_to on entry (scheme_id, to_revision) where to_revision is not null;

  create table subtree (
    scheme_id text not null,
    concept_id uuid not null,
    from_revision int not null,
    to_revision int check (to_revision > from_revision),
    hash bytea not null check (length(hash) = 32),
    primary key (concept_id, from_revision),
    foreign key (concept_id, scheme_id) references concept (id, scheme_id)
  );
  create unique index subtree_live on subtree (concept_id) where to_revision is null;

  create table draft (
    id uuid primary key default gen_random_uuid(),
    scheme_id text not null references scheme,
    edition jsonb not null,
    source_sha256 text,
    base_revision int,
    state text not null default 'open' check (state in ('open', 'published', 'discarded')),
    version int not null default 1,
    created_by text not null,
    created_at timestamptz not null default now(),
    published_revision int,
    foreign key (scheme_id, base_revision) references revision (scheme_id, number)
  );

  create table draft_entry (
    draft_id uuid not null references draft on delete cascade,
    concept_id uuid not null,
    retired boolean not null default false,
    successors uuid[] not null default '{}',
    code text collate "C",
    parent_id uuid,
    rank int not null,
    titles jsonb not null,
    notes jsonb not null,
    attributes jsonb not null,
    content_hash bytea not null,
    primary key (draft_id, concept_id)
  );`;

const search = `
  create collation code_order (provider = icu, locale = 'und-u-kn-true');
  create text search configuration italian_plain (copy = pg_catalog.italian);
  alter text search configuration italian_plain
    alter mapping for hword, hword_part, word with unaccent, italian_stem;
  create index entry_words on entry using gin (to_tsvector('italian_plain', titles)) where to_revision is null;`;

const guards = `
  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% of % is refused: what is published is never changed', tg_op, tg_table_name
      using errcode = 'integrity_constraint_violation';
  end $$;

  create function guard_opening() returns trigger language plpgsql as $$
  begin
    if exists (
      select from inserted i
      left join revision r on r.scheme_id = i.scheme_id and r.number = i.from_revision
      where i.to_revision is not null or r.opened_by is distinct from pg_current_xact_id())
    then
      raise exception 'a row of % opens only with the revision that this transaction makes', tg_table_name
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create function guard_tree() returns trigger language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  begin
    if exists (
      with recursive up(start, id) as (
        select concept_id, parent_id from inserted where parent_id is not null
        union
        select up.start, e.parent_id from up join entry e on e.concept_id = up.id and e.to_revision is null
        where e.parent_id is not null and up.id <> up.start)
      select from up where id = start)
    then
      raise exception 'an entry cannot stand below itself' using errcode = 'integrity_constraint_violation';
    end if;
    if exists (select from inserted i join concept p on p.id = i.parent_id where p.scheme_id <> i.scheme_id) then
      raise exception 'an entry cannot stand below one of another scheme' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create function guard_log() returns trigger language plpgsql as $$
  begin
    if exists (
      select from inserted i join revision r on r.scheme_id = i.scheme_id and r.number = i.revision
      where r.opened_by <> pg_current_xact_id())
    then
      raise exception 'a change is logged only by the transaction that makes its revision'
        using errcode = 'integrity_constraint_violation';
    end if;
    if (select max(position) - min(position) + 1 <> count(*) from inserted)
      or (select max(position) from inserted) <> (select max(position) from change_log)
      or (select min(position) from inserted)
         <> 1 + coalesce((select max(position) from change_log where position < (select min(position) from inserted)), 0)
    then
      raise exception 'positions of the change log follow one another' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create function guard_cursor() returns trigger language plpgsql as $$
  begin
    if new.cursor > coalesce((select max(position) from change_log), 0) then
      raise exception 'the cursor of the relay cannot pass the change log' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create function guard_draft() returns trigger language plpgsql as $$
  begin
    if old.state <> 'open' then
      raise exception 'a draft that is % is not changed any more', old.state using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create function guard_overlay() returns trigger language plpgsql as $$
  begin
    if exists (select from touched t join draft d on d.id = t.draft_id where d.state <> 'open') then
      raise exception 'the entries of a closed draft are not changed any more' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create function guard_closing() returns trigger language plpgsql as $$
  begin
    if exists (select from replaced where to_revision is not null)
      or exists (
        select from replacing i
        left join revision r on r.scheme_id = i.scheme_id and r.number = i.to_revision
        where r.opened_by is distinct from pg_current_xact_id())
    then
      raise exception 'a row of % ends only once, with the revision that this transaction makes', tg_table_name
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create function guard_revision() returns trigger language plpgsql as $$
  begin
    if new.opened_by <> pg_current_xact_id()
      or new.number <> 1 + coalesce((select max(number) from revision where scheme_id = new.scheme_id), 0)
      or new.in_force_from < (select max(in_force_from) from revision where scheme_id = new.scheme_id)
    then
      raise exception 'a revision gets the next number and no earlier date, in the transaction that makes it'
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;

  create trigger next_number before insert on revision for each row execute function guard_revision();
  create trigger opening after insert on entry
    referencing new table as inserted for each statement execute function guard_opening();
  create trigger closing after update on entry
    referencing old table as replaced new table as replacing for each statement execute function guard_closing();
  create trigger opening after insert on subtree
    referencing new table as inserted for each statement execute function guard_opening();
  create trigger closing after update on subtree
    referencing old table as replaced new table as replacing for each statement execute function guard_closing();

  create trigger tree after insert on entry
    referencing new table as inserted for each statement execute function guard_tree();
  create trigger only_open before update on draft for each row execute function guard_draft();
  create trigger only_open_insert after insert on draft_entry
    referencing new table as touched for each statement execute function guard_overlay();
  create trigger only_open_update after update on draft_entry
    referencing new table as touched for each statement execute function guard_overlay();

  create trigger never before delete or truncate on entry for each statement execute function refuse_change();
  create trigger never before delete or truncate on subtree for each statement execute function refuse_change();
  create trigger never before delete or truncate on concept for each statement execute function refuse_change();
  create trigger never before update or delete or truncate on revision for each statement execute function refuse_change();`;

const log = `
  create table change_log (
    position bigint primary key,
    scheme_id text not null,
    revision int not null,
    index int,
    concept_id uuid,
    head text not null,
    before text,
    after text,
    foreign key (scheme_id, revision) references revision (scheme_id, number)
  );
  create unique index change_log_revision on change_log (scheme_id, revision, index) nulls not distinct;
  create trigger in_order after insert on change_log
    referencing new table as inserted for each statement execute function guard_log();
  create trigger never before update or delete or truncate on change_log
    for each statement execute function refuse_change();

  create table relay (
    only_one boolean primary key default true check (only_one),
    epoch text not null,
    cursor bigint not null default 0,
    holder uuid,
    leased_until timestamptz
  );
  create trigger within_log before update of cursor on relay for each row execute function guard_cursor();
  insert into relay (epoch) values (replace(gen_random_uuid()::text, '-', ''));`;
