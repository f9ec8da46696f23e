import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { unknownScheme } from '../operations/unknown-scheme.ts';

/**
 * Whoever asks about a code that a map never had, or about a map that nobody knows, made a typing error: an empty answer would
 * read as "nobody uses it".
 * @returns null where all are known
 */
export async function refuseUnknown(
  executor: Executor,
  scheme: string,
  codes: readonly string[],
): Promise<Refusal | null> {
  const [known] = await run(
    executor,
    sql`select where exists (select from revision where scheme = ${scheme})
          or exists (select from target where scheme = ${scheme} and listed)`,
  );
  if (!known) return unknownScheme(scheme);
  const unknown = await run<{ code: string }>(
    executor,
    sql`select distinct code from unnest(${codes}::text[]) as asked(code)
        where not exists (select from entry e where e.scheme = ${scheme} and e.code = asked.code)
          and not exists (select from withdrawn_entry w where w.scheme = ${scheme} and w.code = asked.code)
        order by code`,
  );
  if (unknown.length === 0) return null;
  return refuse('code-unknown', {
    status: 404,
    title: say`There is no such code`,
    problems: unknown.map(({ code }) => ({
      code,
      message: say`The map "${scheme}" never had the code "${code}".`,
    })),
  });
}
