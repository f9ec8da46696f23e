import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One transaction makes one revision of a scheme, so that nothing can begin twice with one; and no entry of a closed draft
 * goes over to another draft.
 */
export class GuardsOfMoves1700000000021 implements MigrationInterface {
  name = 'GuardsOfMoves1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [revisions, overlays]) await runner.query(statement);
  }

  down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

const revisions = `
  create function guard_one_revision() returns trigger language plpgsql as $$
  begin
    if exists (select from revision where scheme_id = new.scheme_id and opened_by = pg_current_xact_id()) then
      raise exception 'a transaction makes one revision of a scheme' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  do $$ begin execute format('alter function guard_one_revision set search_path = %I, pg_temp', current_schema()); end $$;
  create trigger one_at_a_time before insert on revision for each row execute function guard_one_revision();`;

const overlays = `
  create trigger only_open_move after update on draft_entry
    referencing old table as touched for each statement execute function guard_overlay();`;
