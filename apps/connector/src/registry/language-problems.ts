import { json, run, sql, type Executor, type ProblemDetail } from '#platform';
import { say } from '#words';
import { withIds } from './place-in-file.ts';
import type { TargetsFile } from './targets-file.ts';

interface Wanted {
  /** The place of the profile in its list. */
  readonly at: number;
  readonly scheme: string;
  readonly language: string;
}

/**
 * Languages of profiles in which no entry of the map of a target has a title, so that every record would lose its own. Of a map
 * that is not here yet, or has no titles, nothing is said. Only for a language that is rare or in no entry is more of a map read
 * than its sample.
 */
export async function languageProblems(executor: Executor, file: TargetsFile): Promise<ProblemDetail[]> {
  const known = await languagesOf(executor, [...new Set(file.targets.map(({ scheme }) => scheme))]);
  const doubtful = wantedBy(file).filter(({ scheme, language }) => {
    const languages = known.get(scheme);
    return languages !== undefined && !languages.includes(language);
  });
  const missing = doubtful.length > 0 ? await inNoTitle(executor, doubtful) : [];
  const problems = missing.map(({ at, scheme, language }) => ({
    path: `profiles[${at}].language`,
    message: say`The map "${scheme}" has no title in "${language}"; it has titles in: ${(known.get(scheme) ?? []).join(', ')}`,
  }));
  return withIds(problems, file);
}

function wantedBy({ profiles, targets }: TargetsFile): Wanted[] {
  const targetsOf = Map.groupBy(targets, ({ profile }) => profile);
  return profiles.flatMap(({ id, language }, at) =>
    [...new Set(targetsOf.get(id)?.map(({ scheme }) => scheme))].map((scheme) => ({ at, scheme, language })),
  );
}

/** Entries of a map that are looked at for the languages that it has. */
const sampleSize = 1_000;

/** The languages of each map, in their order, as a sample of what is in force shows them; only of maps that have any. */
async function languagesOf(
  executor: Executor,
  schemes: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await run<{ scheme: string; languages: string[] }>(
    executor,
    sql`select scheme, array_agg(distinct language order by language) as languages
        from unnest(${schemes}::text[]) as named(scheme)
          cross join lateral (
            select titles from entry e
            where e.scheme = named.scheme and e.code is not null and e.to_revision is null limit ${sampleSize}) seen
          cross join lateral jsonb_object_keys(titles) as has(language)
        group by scheme`,
  );
  return new Map(rows.map(({ scheme, languages }) => [scheme, languages]));
}

/** Stops at the first title in a language, also in one of a revision of before, which a target may hold. */
async function inNoTitle(executor: Executor, wanted: readonly Wanted[]): Promise<Wanted[]> {
  return run<Wanted>(
    executor,
    sql`select w.at, w.scheme, w.language
        from jsonb_to_recordset(${json(wanted)}) as w(at int, scheme text, language text)
        where (select e.concept_id from entry e
          where e.scheme = w.scheme and e.code is not null and e.titles -> w.language is not null limit 1) is null
        order by w.at, w.scheme`,
  );
}
