import type { MigrationInterface, QueryRunner } from 'typeorm';
import { today } from './revision-of-target.ts';

/** The revision of an organisation that put one off is looked for only where one did: half the time of these views. */
export class PutOffWhenAsked1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view desired as ${revisionOfTarget(true)};
      create or replace view expected as ${revisionOfTarget(false)};`);
  }

  /** Migrations only go forward. */
  async down(): Promise<void> {
    throw new Error('migrations only go forward');
  }
}

/**
 * Says what `revisionOfTarget` of the migrations before says.
 * @param isHeld only of revisions that the replica holds
 */
const revisionOfTarget = (isHeld: boolean): string => `
  select target_id, scheme, revision from (
    select t.id as target_id, t.scheme,
      case when t.pinned_revision is not null then pinned.number
        else greatest(nullif(t.applied_revision, 0), act.number,
          case when o.adopts = 'on-effective-date' then
            case when act.puts_off then (
              select max(r.number)
              from reach r left join lateral (
                select adopted_from from adoption
                where organisation_id = o.id and scheme = r.scheme and revision <= r.number
                order by revision desc limit 1) latest on true
              where r.number > t.applied_revision and r.scheme = t.scheme
                and (r.applied_at is not null or not ${isHeld}) and o.wave <= r.waves
                and greatest(r.effective_date, latest.adopted_from) <= ${today} - p.offset_days)
            else by_day.number end end) end as revision
    from target t
      join organisation o on o.id = t.organisation_id
      join profile p on p.id = t.profile_id
      left join revision pinned on pinned.scheme = t.scheme and pinned.number = t.pinned_revision and (pinned.applied_at is not null or not ${isHeld})
      left join revisions_by_day(${isHeld}) by_day
        on by_day.scheme = t.scheme and by_day.offset_days = p.offset_days and by_day.wave = o.wave
      left join lateral (
        select bool_or(a.adopted_from > ${today} - p.offset_days) as puts_off,
          max(r.number) filter (where a.adopted_from <= ${today} - p.offset_days and o.wave <= r.waves) as number
        from adoption a left join reach r on r.scheme = a.scheme and r.number = a.revision and (r.applied_at is not null or not ${isHeld})
        where a.organisation_id = o.id and a.scheme = t.scheme
          and (a.revision > t.applied_revision or a.adopted_from > ${today} - p.offset_days)) act on true) target_revision
  where revision is not null`;
