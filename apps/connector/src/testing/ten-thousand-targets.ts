import { run, sql, type Executor } from '#platform';
import { conceptNumber } from './map-history.ts';

/**
 * 10,000 targets of 3,334 organisations on 180 systems: nine of ten hold revision 2 of `map`, which has 450 entries; the
 * others are on their way from revision 1, 100 of them stuck with three records each, 50 paused. All wave 3 is held back.
 */
export async function tenThousandTargets(db: Executor): Promise<void> {
  const statements = [
    sql`insert into revision (scheme, number, edition, effective_date, changes, content_hash, published_at, applied_at)
        select 'map', n, 'edition', date '2020-01-01' + n, 45, '', timestamptz '2020-01-02' + n * interval '1 day', now()
        from generate_series(1, 2) n`,
    sql`insert into entry (scheme, concept_id, from_revision, code, rank, level, titles, notes, attributes, content_hash)
        select 'map', (lpad(to_hex(n), 8, '0') || substr(${conceptNumber(0)}, 9))::uuid, case when n % 10 = 0 then 2 else 1 end,
          'A' || n, n, 1, '{}', '{}', '{}', ''
        from generate_series(1, 450) n`,
    sql`insert into organisation (id, name, wave) select 'o' || n, 'Ente', n % 3 + 1 from generate_series(0, 3333) n`,
    sql`insert into system (id, address, username, secret, schedule_id)
        select 's' || n, 'http://127.0.0.1', '', 'env:TARGET_SECRET', schedule.id from generate_series(0, 179) n, schedule`,
    sql`insert into profile (id, kind, driver, language, missing_title, settings)
        select 'p' || n, 'crm', 'simulated', 'it', 'show', '{}' from generate_series(0, 2) n`,
    sql`insert into target (id, organisation_id, system_id, profile_id, scheme, applied_revision, in_step, items, paused)
        select 't' || lpad(n::text, 5, '0'), 'o' || n / 3, 's' || n % 180, 'p' || n % 3, 'map', 2 - (n % 10 = 0)::int,
          n % 10 <> 0, 450, n % 200 = 0
        from generate_series(0, 9999) n`,
    sql`insert into stuck (target_id, concept_id, class, code, title, reason)
        select t.id, e.concept_id, 'rejected', e.code, '', 'no'
        from target t, entry e where t.id like 't%50' and e.rank <= 3`,
    sql`insert into rollout (scheme, revision, waves) values ('map', 2, 2)`,
  ];
  for (const statement of statements) await run(db, statement);
}
