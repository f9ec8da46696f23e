import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That the scheme of new concepts exists is asked once for each statement instead of once for each of 350,000 rows. Schemes
 * are never deleted, by a trigger from now on: the foreign key, which goes, was what kept them.
 */
export class ConceptsByStatement1700000000012 implements MigrationInterface {
  name = 'ConceptsByStatement1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const statement = `
  alter table concept drop constraint concept_scheme_id_fkey;

  create function guard_scheme() returns trigger language plpgsql as $$
  begin
    if exists (
      select from (select distinct scheme_id from inserted) i left join scheme s on s.id = i.scheme_id where s.id is null)
    then
      raise exception 'a concept needs a scheme' using errcode = 'foreign_key_violation';
    end if;
    return null;
  end $$;
  do $$ begin execute format('alter function guard_scheme set search_path = %I, pg_temp', current_schema()); end $$;
  create trigger of_scheme after insert on concept
    referencing new table as inserted for each statement execute function guard_scheme();
  create trigger never before delete or truncate on scheme for each statement execute function refuse_change();
  create trigger never_renamed before update of id on scheme for each statement execute function refuse_change();
  create trigger never_moved before update on concept for each statement execute function refuse_change();`;
