import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ten thousand targets: what a target holds is kept beside it, limits of a system, pauses of a target, generations. */
export class Scale1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- Requests at the same time, and in a second (null: as many as are answered), to all targets of a system together.
alter table system
  add column concurrency int not null default 4 check (concurrency between 1 and 64),
  add column rate_per_second real check (rate_per_second > 0);

-- policies: what happens to old records.
alter table profile add column policies jsonb not null default '{}';

-- settings: what this target has otherwise than its profile. items: records in use that are acknowledged. held: mark of
-- all records in use. turn_at: when its last turn began. failures to reason: as of a system, when it fails alone.
alter table target
  add column settings jsonb not null default '{}',
  add column items int not null default 0,
  add column held bit(128) not null default repeat('0', 128)::bit(128),
  add column turn_at timestamptz,
  add column failures int not null default 0,
  add column trouble text check (trouble in ('failing', 'slow-down')),
  add column reason text,
  add column retry_at timestamptz,
  drop column in_step_hash;

-- pending: about to be made; there may be a record or not. used_code and used_notes (a hash): what it meant while in use.
alter table link
  alter column external_id drop not null,
  drop constraint link_state_check,
  add constraint link_state_check check (state in ('current', 'ended', 'pending')),
  add constraint link_external_id_check check (state = 'pending' or external_id is not null),
  add column used_code text collate "C",
  add column used_notes text;
update link set used_code = code where state = 'current' and hash is not null;

-- The mark of a set of records is the exclusive or of the marks of its members, so it moves with each of them.
create function record_mark(concept uuid, hash text) returns bit(128) language sql immutable parallel safe
  return ('x' || md5(concept::text || ' ' || coalesce(hash, 'unknown')))::bit(128);

create function move_held() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update target t set items = t.items + moved.items, held = t.held # moved.held
    from (select target_id, count(hash) as items, bit_xor(record_mark(concept_id, hash)) as held
          from moved_in where state = 'current' group by target_id) moved
    where t.id = moved.target_id;
  elsif tg_op = 'DELETE' then
    update target t set items = t.items - moved.items, held = t.held # moved.held
    from (select target_id, count(hash) as items, bit_xor(record_mark(concept_id, hash)) as held
          from moved_out where state = 'current' group by target_id) moved
    where t.id = moved.target_id;
  else
    update target t set items = t.items + moved.items, held = t.held # moved.held
    from (select target_id, sum(item) as items, bit_xor(record_mark(concept_id, hash)) as held
          from (select target_id, concept_id, hash, (hash is not null)::int as item from moved_in where state = 'current'
                union all
                select target_id, concept_id, hash, -(hash is not null)::int from moved_out where state = 'current') both_sides
          group by target_id) moved
    where t.id = moved.target_id;
  end if;
  return null;
end $$;
create trigger link_added after insert on link
  referencing new table as moved_in for each statement execute function move_held();
create trigger link_changed after update on link
  referencing old table as moved_out new table as moved_in for each statement execute function move_held();
create trigger link_removed after delete on link
  referencing old table as moved_out for each statement execute function move_held();

update target t set items = moved.items, held = moved.held
from (select target_id, count(hash) as items, bit_xor(record_mark(concept_id, hash)) as held
      from link where state = 'current' group by target_id) moved
where t.id = moved.target_id;
`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}
