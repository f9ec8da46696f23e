import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Successions for good, and a door for editions that were in force before the first revision: DESIGN.md section 4. */
export class History1700000000004 implements MigrationInterface {
  name = 'History1700000000004';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [succession, fromLog, guarded, before]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const succession = `
  create table succession (
    scheme_id text not null,
    revision int not null,
    predecessor uuid not null,
    successor uuid not null check (successor <> predecessor),
    kind text not null check (kind in ('replaced', 'split', 'merged', 'regrouped')),
    continues boolean not null,
    primary key (scheme_id, revision, predecessor, successor),
    foreign key (scheme_id, revision) references revision (scheme_id, number),
    foreign key (predecessor, scheme_id) references concept (id, scheme_id),
    foreign key (successor, scheme_id) references concept (id, scheme_id)
  );
  create index succession_predecessor on succession (predecessor);
  create index succession_successor on succession (successor);`;

/** Older rows of the log do not say the kind: it follows from how many stand on each side of what links connect. */
const fromLog = `
  with recursive link as materialized (
    select l.scheme_id, l.revision, l.concept_id as predecessor, s.id::uuid as successor, l.after is not null as continues,
      l.head::jsonb ->> 'successionKind' as kind
    from change_log l cross join jsonb_array_elements_text(l.head::jsonb -> 'successors') as s(id)
    where l.kind = 'change'
  ), connected (scheme_id, revision, start, predecessor) as (
    select scheme_id, revision, predecessor, predecessor from link
    union
    select c.scheme_id, c.revision, c.start, other.predecessor
    from connected c
    join link own on (own.scheme_id, own.revision, own.predecessor) = (c.scheme_id, c.revision, c.predecessor)
    join link other on (other.scheme_id, other.revision, other.successor) = (own.scheme_id, own.revision, own.successor)
  ), sides as (
    select c.scheme_id, c.revision, c.start, count(distinct l.predecessor) as sources, count(distinct l.successor) as targets
    from connected c
    join link l on (l.scheme_id, l.revision, l.predecessor) = (c.scheme_id, c.revision, c.predecessor)
    group by c.scheme_id, c.revision, c.start
  )
  insert into succession (scheme_id, revision, predecessor, successor, kind, continues)
  select l.scheme_id, l.revision, l.predecessor, l.successor, coalesce(l.kind, case
      when sources = 1 and targets = 1 then 'replaced' when sources = 1 then 'split'
      when targets = 1 then 'merged' else 'regrouped' end), l.continues
  from link l
  join sides s on (s.scheme_id, s.revision, s.start) = (l.scheme_id, l.revision, l.predecessor)
  where l.predecessor <> l.successor
  on conflict do nothing;`;

/** The successions into the lowest revision are written by whoever places another before it. */
const guarded = `
  create function guard_succession() returns trigger language plpgsql as $$
  begin
    if exists (
      select from inserted i where not exists (
        select from revision r
        where r.scheme_id = i.scheme_id and r.opened_by = pg_current_xact_id()
          and i.revision = case when r.number < 1 then r.number + 1 else r.number end))
    then
      raise exception 'a succession is written only by the transaction that makes one of its sides'
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger with_revision after insert on succession
    referencing new table as inserted for each statement execute function guard_succession();
  create trigger never before update or delete or truncate on succession
    for each statement execute function refuse_change();`;

/** A revision of history has a number below 1; its rows are closed when they are written and stand for it alone. */
const before = `
  alter table revision drop constraint revision_number_check;
  create unique index entry_of_history on entry (concept_id, from_revision) where from_revision < 1;
  create unique index entry_code_of_history on entry (scheme_id, from_revision, code) where from_revision < 1;

  create or replace function guard_revision() returns trigger language plpgsql as $$
  declare
    lowest revision;
    highest revision;
  begin
    select * into lowest from revision where scheme_id = new.scheme_id order by number limit 1;
    select * into highest from revision where scheme_id = new.scheme_id order by number desc limit 1;
    if new.opened_by = pg_current_xact_id() then
      if new.number = coalesce(highest.number, 0) + 1 and new.in_force_from >= coalesce(highest.in_force_from, new.in_force_from) then
        return new;
      end if;
      if new.number = lowest.number - 1 and new.in_force_from < lowest.in_force_from then
        return new;
      end if;
    end if;
    raise exception 'a revision gets the next number and no earlier date, or of history the number before the lowest and an earlier date, in the transaction that makes it'
      using errcode = 'integrity_constraint_violation';
  end $$;

  create or replace function guard_opening() returns trigger language plpgsql as $$
  begin
    if exists (
      select from inserted i
      left join revision r on r.scheme_id = i.scheme_id and r.number = i.from_revision
      where r.opened_by is distinct from pg_current_xact_id()
        or i.to_revision is distinct from case when i.from_revision < 1 then i.from_revision + 1 end)
    then
      raise exception 'a row of % opens only with the revision that this transaction makes', tg_table_name
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;

  create function guard_tree_of_history() returns trigger language plpgsql as $$
  begin
    if exists (
      with recursive up(start, revision, id) as (
        select concept_id, from_revision, parent_id from inserted where from_revision < 1 and parent_id is not null
        union
        select up.start, up.revision, e.parent_id
        from up join entry e on e.concept_id = up.id and e.from_revision = up.revision and e.from_revision < 1
        where e.parent_id is not null and up.id <> up.start)
      select from up where id = start)
    then
      raise exception 'an entry cannot stand below itself' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger tree_of_history after insert on entry
    referencing new table as inserted for each statement execute function guard_tree_of_history();

  create or replace function guard_tree() returns trigger language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  begin
    if exists (
      with recursive up(start, id) as (
        select concept_id, parent_id from inserted where parent_id is not null and to_revision is null
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
  end $$;`;
