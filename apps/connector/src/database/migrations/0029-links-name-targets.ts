import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That links name targets which exist is asked once a statement, not by a query for each row: of what a group of
 * acknowledgements cost Postgres, that was a sixth. The target stays locked as a foreign key would have it.
 */
export class LinksNameTargets1764000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create function guard_links() returns trigger language plpgsql set search_path = connector, pg_temp as $$
declare
  named text[] := array(select distinct target_id from moved_in);
  found_targets int;
begin
  perform from target where id = any(named) for key share;
  get diagnostics found_targets = row_count;
  if found_targets < cardinality(named) then
    raise exception 'a link names a target that does not exist' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

create function guard_linked_targets() returns trigger language plpgsql set search_path = connector, pg_temp as $$
begin
  if exists (select from link where target_id in (select id from moved_out)) then
    raise exception 'a target that has links is not deleted' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

create function guard_names() returns trigger language plpgsql set search_path = connector, pg_temp as $$
begin
  raise exception 'targets keep their names, and links their targets' using errcode = 'integrity_constraint_violation';
end $$;

alter table link drop constraint link_target_id_fkey;
create trigger names_target after insert on link
  referencing new table as moved_in for each statement execute function guard_links();
create trigger keeps_target before update of target_id on link for each row execute function guard_names();
create trigger keeps_links after delete on target
  referencing old table as moved_out for each statement execute function guard_linked_targets();
create trigger keeps_name before update of id on target for each row execute function guard_names();`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
