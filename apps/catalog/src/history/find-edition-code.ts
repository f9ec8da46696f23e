import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';

/** The last revision of an edition in which a code stood. */
export async function findEditionCode(
  db: Executor,
  schemeId: string,
  edition: string,
  code: string,
): Promise<{ readonly revision: number } | Refusal> {
  const [found] = await run<{ revision: number | null; isKnown: boolean }>(
    db,
    sql`
    select count(*) > 0 as "isKnown", max(r.number) filter (where exists (
        select from entry e where e.scheme_id = r.scheme_id and e.code = ${code} and e.from_revision <= r.number
          and (e.to_revision is null or e.to_revision > r.number))) as revision
    from revision r join edition d on d.id = r.edition_id
    where r.scheme_id = ${schemeId} and d.label = ${edition}`,
  );
  if (typeof found?.revision === 'number') return { revision: found.revision };
  return found?.isKnown
    ? refuse('code-unknown', {
        title: say`The edition has no such code`,
        status: 404,
        detail: say`${edition} never had a code ${code}.`,
      })
    : refuse('edition-unknown', {
        title: say`There is no such edition`,
        status: 404,
        detail: say`${schemeId} has no published edition "${edition}".`,
      });
}
