import type { SealedEvent } from '#contracts';
import { run, sql, type Executor } from '#platform';

export interface Moment {
  readonly scheme: string;
  /** The day that is asked for, and the one by whose end it was known: Europe/Rome days. */
  readonly on: string;
  readonly knownOn: string;
}

/**
 * The last set that was known, by the end of a day, to come into force until another: sealed by then, as it was sealed
 * last, not withdrawn, and no revision yet. Its place in the order of a day is that of its seal.
 */
export async function sealedAsKnownOn(
  db: Executor,
  { scheme, on, knownOn }: Moment,
): Promise<SealedEvent | null> {
  const [found] = await run<{ event: SealedEvent }>(
    db,
    sql`
    with told as (
      select position, kind, head::jsonb as event from change_log
      where scheme_id = ${scheme} and kind in ('sealed', 'resealed', 'withdrawn')
    ), known as (
      select *, event ->> 'set' as set from told
      where (coalesce(event ->> 'sealedAt', event ->> 'withdrawnAt')::timestamptz at time zone 'Europe/Rome')::date
        <= ${knownOn}::date
    ), last as (
      select distinct on (set) set, kind, event,
        max(position) filter (where kind = 'sealed') over (partition by set) as seal
      from known order by set, position desc
    )
    select event from last
    where kind <> 'withdrawn' and (event ->> 'effectiveDate')::date <= ${on}::date
      and not exists (
        select from draft d join revision r on r.scheme_id = d.scheme_id and r.number = d.published_revision
        where d.id = last.set::uuid and (r.published_at at time zone 'Europe/Rome')::date <= ${knownOn}::date)
    order by event ->> 'effectiveDate' desc, seal desc limit 1`,
  );
  return found?.event ?? null;
}
