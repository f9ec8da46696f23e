import type { MigrationInterface, QueryRunner } from 'typeorm';
import { revisionOfTarget, today } from './revision-of-target.ts';

/** Which revision a target should hold and when it may be written to; and the audit log. */
export class Registry1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [audit, acts, schedule, desired]) await runner.query(statement);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/** The database numbers and chains the entries: each hash covers the hash before it. Names stand in `person` alone. */
const audit = `
create table person (
  id uuid primary key default gen_random_uuid(),
  subject text unique
);

create table audit (
  position bigint primary key,
  at timestamptz not null,
  actor uuid not null,
  action text not null,
  subject text not null,
  details jsonb not null,
  hash bytea not null
);
create index audit_subject on audit (subject, position);

create function audit_hash(before bytea, entry audit) returns bytea language sql stable as $$
  select sha256(coalesce(before, '') || convert_to(jsonb_build_array(
    entry.position, extract(epoch from entry.at), entry.actor, entry.action, entry.subject, entry.details)::text, 'UTF8'))
$$;

create function chain_audit() returns trigger language plpgsql as $$
declare last audit;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit', 0));
  select * into last from audit order by position desc limit 1;
  new.position := coalesce(last.position, 0) + 1;
  new.at := clock_timestamp();
  new.hash := audit_hash(last.hash, new);
  return new;
end $$;
create trigger chained before insert on audit for each row execute function chain_audit();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is never changed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger never before update or delete or truncate on audit for each statement execute function refuse_change();
`;

/** What people decide; see the views below for what follows from it. */
const acts = `
-- on-effective-date: a revision is adopted by itself; by-act: only by an act.
alter table organisation
  add column adopts text not null default 'on-effective-date' check (adopts in ('on-effective-date', 'by-act')),
  add column wave int not null default 1 check (wave between 1 and 100);
create table adoption (
  organisation_id text not null references organisation,
  scheme text not null,
  revision int not null,
  adopted_from date not null,
  primary key (organisation_id, scheme, revision)
);

-- offset_days: targets take a revision so many days after the day of adoption; before it when negative.
alter table profile add column offset_days int not null default 0 check (offset_days between -366 and 366);
alter table target add column pinned_revision int check (pinned_revision > 0);

-- How many waves a revision reaches. rollout_rule: every new one, by itself; rollout: this one, by an act (null: all).
create table rollout_rule (scheme text primary key, waves int not null check (waves >= 0));
create table rollout (
  scheme text not null,
  revision int not null,
  waves int check (waves >= 0),
  primary key (scheme, revision)
);

-- A row stops all deliveries.
create table halt (
  id boolean primary key default true check (id),
  reason text not null,
  since timestamptz not null default now()
);
`;

const schedule = `
-- windows: [{"days": [1, 7], "from": "20:00", "to": "06:00"}], from Monday 1 to Sunday 7, of Europe/Rome; none: always.
-- blackouts: [{"from": "12-31T23:30", "to": "01-01T06:00"}], every year, or with a year in front.
create table schedule (
  id text primary key generated always as (md5(windows::text || blackouts::text)) stored,
  windows jsonb not null default '[]',
  blackouts jsonb not null default '[{"from": "12-31T23:30", "to": "01-01T06:00"}]'
);
insert into schedule default values;
alter table system add column schedule_id text references schedule;
update system set schedule_id = (select id from schedule);
alter table system alter column schedule_id set not null;

create function is_open(windows jsonb, blackouts jsonb, at timestamptz) returns boolean language plpgsql stable as $$
declare
  local timestamp := at at time zone 'Europe/Rome';
  clock text := to_char(local, 'HH24:MI');
  today int := extract(isodow from local);
  yesterday int := extract(isodow from local - interval '1 day');
  minute text := to_char(local, 'YYYY-MM-DD"T"HH24:MI');
  part jsonb;
  is_within boolean := windows = '[]';
begin
  for part in select * from jsonb_array_elements(windows) loop
    if part ->> 'from' < part ->> 'to' then
      is_within := is_within or (part -> 'days' @> to_jsonb(today) and clock >= part ->> 'from' and clock < part ->> 'to');
    else
      is_within := is_within or (part -> 'days' @> to_jsonb(today) and clock >= part ->> 'from')
        or (part -> 'days' @> to_jsonb(yesterday) and clock < part ->> 'to');
    end if;
  end loop;
  if not is_within then return false; end if;
  for part in select * from jsonb_array_elements(blackouts) loop
    if length(part ->> 'from') > 11 then
      if minute >= part ->> 'from' and minute < part ->> 'to' then return false; end if;
    elsif part ->> 'from' < part ->> 'to' then
      if substr(minute, 6) >= part ->> 'from' and substr(minute, 6) < part ->> 'to' then return false; end if;
    elsif substr(minute, 6) >= part ->> 'from' or substr(minute, 6) < part ->> 'to' then
      return false;
    end if;
  end loop;
  return true;
end $$;

-- Schedules whose systems may be written to now. A function, so that a statement asks once.
create function open_schedules() returns setof text language plpgsql stable rows 5 as $$
begin
  return query select id from schedule where not exists (select from halt) and is_open(windows, blackouts, now());
end $$;
`;

/** expected: whether or not the replica holds it already. desired: of those that it holds. */
const desired = `
create view reach as
  select r.scheme, r.number, r.effective_date, r.applied_at,
    coalesce(case when step.revision = r.number then step.waves else least(step.waves, rule.waves) end, 100) as waves
  from revision r
    left join rollout_rule rule on rule.scheme = r.scheme
    left join lateral (
      select revision, waves from rollout where scheme = r.scheme and revision <= r.number
      order by revision desc limit 1) step on true;

create function revisions_by_day(is_held boolean) returns table (scheme text, offset_days int, wave int, number int)
language plpgsql stable rows 20 as $$
#variable_conflict use_column
begin
  return query
    select r.scheme, offsets.offset_days, waves.wave, max(r.number)
    from reach r, (select distinct offset_days from profile) offsets, (select distinct wave from organisation) waves
    where (r.applied_at is not null or not is_held) and waves.wave <= r.waves
      and r.effective_date <= ${today} - offsets.offset_days
    group by r.scheme, offsets.offset_days, waves.wave;
end $$;

drop view desired;
create view desired as ${revisionOfTarget(true)};
create view expected as ${revisionOfTarget(false)};
`;
