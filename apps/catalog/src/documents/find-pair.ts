import { isRefusal, refuse, type Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import { findRevision, type FoundRevision } from '../reading/find-revision.ts';

/** Two revisions of a scheme, the older first. */
export async function findPair(
  db: EntityManager,
  scheme: string,
  from: number,
  to: number,
): Promise<{ from: FoundRevision; to: FoundRevision } | Refusal> {
  const [older, newer] = [await findRevision(db, scheme, from), await findRevision(db, scheme, to)];
  if (isRefusal(older)) return older;
  if (isRefusal(newer)) return newer;
  if (from < to) return { from: older, to: newer };
  return refuse('revisions-out-of-order', {
    title: 'The older revision comes first',
    status: 400,
    detail: `Ask for ${to}/${from} instead of ${from}/${to}.`,
  });
}
