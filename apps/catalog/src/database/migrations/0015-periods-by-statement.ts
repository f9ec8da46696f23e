import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That a concept has one state at a time, and that whoever is live stands below somebody who is, was checked for each row
 * by temporal constraints. Now it is checked once for each statement, with the same refusals: see decision 0075.
 */
export class PeriodsByStatement1700000000015 implements MigrationInterface {
  name = 'PeriodsByStatement1700000000015';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [keys, opening, ending, concepts, circles, paths]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const keys = `
  alter table entry drop constraint entry_parent_id_live_fkey;
  alter table entry drop constraint entry_pkey;
  alter table entry add primary key (concept_id, from_revision);
  drop index entry_of_history;`;

/**
 * By \`execute\`, so that each statement is planned for as many rows as it has. A live row can overlap only one that ends
 * after it begins, which a transaction that makes two revisions could try.
 */
const opening = `
  create function guard_place() returns trigger language plpgsql set work_mem = '64MB' as $$
  declare
    schemes text[];
    twice boolean;
  begin
    execute $query$
      select array_agg(distinct coalesce(p.scheme_id, '')) from inserted i
      left join entry p on p.concept_id = i.parent_id and p.from_revision <= i.from_revision
        and coalesce(p.to_revision, 2147483647) >= coalesce(i.to_revision, 2147483647)
      where i.parent_id is not null and p.scheme_id is distinct from i.scheme_id $query$ into schemes;
    if '' = any(schemes) then
      raise exception 'an entry cannot stand below one that is not there as long as it is'
        using errcode = 'foreign_key_violation';
    end if;
    if schemes is not null then
      raise exception 'an entry cannot stand below one of another scheme' using errcode = 'integrity_constraint_violation';
    end if;
    execute $query$
      select exists (
        select from (select scheme_id, min(from_revision) as revision from inserted where to_revision is null group by 1) s
        join entry e on e.scheme_id = s.scheme_id and e.to_revision > s.revision
        join inserted i on i.concept_id = e.concept_id and i.to_revision is null and i.from_revision < e.to_revision) $query$
      into twice;
    if twice then
      raise exception 'a concept has one entry at a time' using errcode = 'unique_violation';
    end if;
    return null;
  end $$;
  create trigger place after insert on entry
    referencing new table as inserted for each statement execute function guard_place();`;

/** A parent that changes is opened again by the same statement, and its children never stand alone. */
const ending = `
  create function guard_children() returns trigger language plpgsql set work_mem = '64MB' as $$
  declare alone boolean;
  begin
    execute $query$
      select exists (
        select from replacing c
        left join entry again on again.concept_id = c.concept_id and again.from_revision = c.to_revision
        join entry e on e.parent_id = c.concept_id and (e.to_revision is null or e.to_revision > c.to_revision)
        where again.concept_id is null) $query$ into alone;
    if alone then
      raise exception 'an entry cannot end while others stand below it' using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$;
  create trigger children after update on entry
    referencing new table as replacing for each statement execute function guard_children();`;

const concepts = `
  create or replace function guard_concept() returns trigger language plpgsql set work_mem = '64MB' as $$
  declare strange boolean;
  begin
    execute $query$
      select exists (
        select from inserted i left join concept c on c.id = i.concept_id and c.scheme_id = i.scheme_id
        where c.id is null) $query$ into strange;
    if strange then
      raise exception 'a row of % needs a concept of its scheme', tg_table_name using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$;`;

const circles = `
  create or replace function guard_many() returns trigger language plpgsql set work_mem = '64MB' as $$
  declare circular boolean;
  begin
    if (select count(*) from inserted) <= 20000 then
      return null;
    end if;
    execute $query$
      with recursive scheme_of as (select distinct scheme_id from inserted),
      live as materialized (
        select e.concept_id, e.parent_id from entry e join scheme_of s on s.scheme_id = e.scheme_id where e.to_revision is null),
      down(id) as (
        select concept_id from live where parent_id is null
        union all
        select live.concept_id from down join live on live.parent_id = down.id)
      select (select count(*) from down) < (select count(*) from live) $query$ into circular;
    if circular then
      raise exception 'an entry cannot stand below itself' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;`;

const paths = `
  do $$
  declare guard text;
  begin
    foreach guard in array array['guard_place', 'guard_children', 'guard_concept', 'guard_many'] loop
      execute format('alter function %I set search_path = %I, pg_temp', guard, current_schema());
    end loop;
  end $$`;
