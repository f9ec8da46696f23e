import { refuse, run, sql, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';

/** @param named a revision number, else the label of an edition: the last revision of it */
export async function findNamedRevision(
  db: EntityManager,
  schemeId: string,
  named: string,
): Promise<FoundRevision | Refusal> {
  const stated = numberIn(named);
  const [point] = await run<{ number: number }>(
    db,
    sql`
    select r.number from revision r join edition e on e.id = r.edition_id
    where r.scheme_id = ${schemeId} and (r.number = ${stated} or e.label = ${named})
    order by r.number is not distinct from ${stated} desc, r.number desc limit 1`,
  );
  if (point) return findRevision(db, schemeId, point.number);
  if (stated !== null) return findRevision(db, schemeId, stated);
  return refuse('edition-unknown', {
    title: say`There is no such edition`,
    status: 404,
    detail: say`${schemeId} has no published edition "${named}".`,
  });
}

function numberIn(named: string): number | null {
  return /^-?\d{1,9}$/.test(named) ? Number(named) : null;
}
