import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each of 350,000 new rows pays for: an index that another one serves as well, and a look at a parent row that one
 * look for each statement replaces. The same things are refused: see decision 0081.
 */
export class FewerIndexes1700000000020 implements MigrationInterface {
  name = 'FewerIndexes1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [states, codes, siblings, drafts, concepts, paths]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/** A concept lives once, and ends once with each revision: from when a row is follows from the revision that ended it, or made it. */
const states = `
  alter table entry drop constraint entry_pkey;
  drop index entry_live_concept;
  create unique index entry_state on entry (concept_id, to_revision) nulls not distinct;
  alter table subtree drop constraint subtree_pkey;
  drop index subtree_live;
  create unique index subtree_state on subtree (concept_id, to_revision) nulls not distinct;`;

/** Codes of the map in force have an index already, which keeps them unique. */
const codes = `
  drop index entry_code;
  create index entry_ended_code on entry (scheme_id, code) where to_revision is not null;`;

/** Those below one entry are few enough to be put in order when they are read. */
const siblings = `
  drop index entry_siblings;`;

/** No draft is ever deleted, so it is enough to look when entries are written. */
const drafts = `
  alter table draft_entry drop constraint draft_entry_draft_id_fkey;
  create or replace function guard_overlay() returns trigger language plpgsql as $$
  begin
    if exists (
      select from (select distinct draft_id from touched) t left join draft d on d.id = t.draft_id where d.id is null)
    then
      raise exception 'a row of % needs a draft', tg_table_name using errcode = 'foreign_key_violation';
    end if;
    if exists (select from touched t join draft d on d.id = t.draft_id where d.state in ('published', 'discarded')) then
      raise exception 'the entries of a closed draft are not changed any more' using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger never before delete or truncate on draft for each statement execute function refuse_change();
  create trigger never_renamed before update of id on draft for each statement execute function refuse_change();`;

const concepts = `
  alter table succession
    drop constraint succession_predecessor_scheme_id_fkey,
    drop constraint succession_successor_scheme_id_fkey;
  alter table concept drop constraint concept_id_scheme_id_key;
  create function guard_successors() returns trigger language plpgsql as $$
  begin
    if exists (
      select from inserted i cross join lateral (values (i.predecessor), (i.successor)) as side(concept_id)
      left join concept c on c.id = side.concept_id and c.scheme_id = i.scheme_id
      where c.id is null)
    then
      raise exception 'a succession needs two concepts of its scheme' using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$;
  create trigger of_concepts after insert on succession
    referencing new table as inserted for each statement execute function guard_successors();`;

const paths = `
  do $$
  declare guard text;
  begin
    foreach guard in array array['guard_overlay', 'guard_successors'] loop
      execute format('alter function %I set search_path = %I, pg_temp', guard, current_schema());
    end loop;
  end $$`;
