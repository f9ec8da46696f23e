import { run, sql, type Executor } from '#platform';
import type { TargetsFile } from './targets-file.ts';

/** What is registered, in the form of the file; `unlisted` are targets that the last file did not name. */
export interface Registered extends TargetsFile {
  readonly unlisted: ReadonlySet<string>;
}

/** @param ids of the targets that matter; null: all */
export async function readRegistry(
  executor: Executor,
  ids: readonly string[] | null = null,
): Promise<Registered> {
  const targets = await run<TargetsFile['targets'][number] & { readonly listed: boolean }>(
    executor,
    sql`select id, organisation_id as organisation, system_id as system, profile_id as profile, scheme, settings, mode, listed
        from target where ${ids}::text[] is null or id = any(${ids}::text[]) order by id`,
  );
  return {
    organisations: await run<TargetsFile['organisations'][number]>(
      executor,
      sql`select id, name, adopts, wave from organisation order by id`,
    ),
    systems: await run<TargetsFile['systems'][number]>(
      executor,
      sql`select s.id, address, username as "user", secret, concurrency, rate_per_second as "rateLimitPerSecond", windows, blackouts
          from system s join schedule on schedule.id = s.schedule_id order by s.id`,
    ),
    profiles: await run<TargetsFile['profiles'][number]>(
      executor,
      sql`select id, kind, driver, language, missing_title as "missingTitle", policies, settings, offset_days as "offsetDays", guard
          from profile order by id`,
    ),
    targets: targets.map(({ listed: _, ...target }) => target),
    unlisted: new Set(targets.flatMap(({ id, listed }) => (listed ? [] : [id]))),
  };
}
