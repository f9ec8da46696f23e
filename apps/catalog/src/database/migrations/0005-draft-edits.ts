import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each edit did to a draft, so that it can be taken back; a draft by parent and by code; a guard for 350,000 entries. */
export class DraftEdits1700000000005 implements MigrationInterface {
  name = 'DraftEdits1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [journal, indexes, tree]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/** `before` and `after` are whole rows of draft_entry; null where the draft says nothing of the concept. */
const journal = `
  create table draft_edit (
    draft_id uuid not null references draft on delete cascade,
    number int not null,
    action text not null,
    person_id uuid not null,
    at timestamptz not null default now(),
    undone boolean not null default false,
    concepts int not null,
    links_before jsonb not null,
    links_after jsonb,
    primary key (draft_id, number)
  );
  create table draft_edit_entry (
    draft_id uuid not null,
    number int not null,
    concept_id uuid not null,
    before jsonb,
    after jsonb,
    primary key (draft_id, number, concept_id),
    foreign key (draft_id, number) references draft_edit on delete cascade
  );`;

const indexes = `
  create index draft_entry_parent on draft_entry (draft_id, parent_id);
  create index draft_entry_code on draft_entry (draft_id, code);`;

/**
 * Every entry of a circle is the parent of another, and one of them is new: only new entries with live children are
 * followed upwards, a tenth or less of a map. The settings keep a table without statistics from being read whole for each.
 */
const tree = `
  create or replace function guard_tree() returns trigger language plpgsql
    set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  begin
    if exists (
      with recursive up(start, id) as (
        select i.concept_id, i.parent_id from inserted i
        where i.parent_id is not null and i.to_revision is null
          and exists (select from entry c where c.parent_id = i.concept_id and c.to_revision is null)
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
