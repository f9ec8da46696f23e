export const today = `(now() at time zone 'Europe/Rome')::date`;

/**
 * Pinned, else the highest revision that is adopted by the organisation, at the offset of the profile, and released for
 * its wave. An act for one revision holds back the later ones too, until they have an act of their own, because they
 * contain it. What a target holds already is taken back by a pin alone.
 *
 * For speed in three parts: `by_day` is the same for all organisations of a wave, and read once; `act` is what this one decided beyond
 * what the target holds; only where it put a revision off, `unless_put_off` looks at each revision.
 * @param isHeld only of revisions that the replica holds
 * @param unlessPutOff further conditions of that last part, from ` and` on
 */
export const revisionOfTarget = (isHeld: boolean, unlessPutOff = ''): string => `
  select target_id, scheme, revision from (
    select t.id as target_id, t.scheme,
      case when t.pinned_revision is not null then pinned.number
        else greatest(nullif(t.applied_revision, 0), act.number,
          case when o.adopts = 'on-effective-date' then
            case when act.puts_off then unless_put_off.number else by_day.number end end) end as revision
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
          and (a.revision > t.applied_revision or a.adopted_from > ${today} - p.offset_days)) act on true
      left join lateral (
        select max(r.number) as number
        from reach r left join lateral (
          select adopted_from from adoption
          where organisation_id = o.id and scheme = r.scheme and revision <= r.number
          order by revision desc limit 1) latest on true
        where act.puts_off${unlessPutOff} and r.scheme = t.scheme and (r.applied_at is not null or not ${isHeld}) and o.wave <= r.waves
          and greatest(r.effective_date, latest.adopted_from) <= ${today} - p.offset_days) unless_put_off on true) target_revision
  where revision is not null`;
