import { isRefusal, refuse, type Refusal } from '#platform';
import { say } from '#words';
import type { EntityManager } from 'typeorm';
import type { FoundRevision } from '../reading/find-revision.ts';
import { findNamedRevision } from './find-named-revision.ts';

/** Two revisions of a scheme, the older first, each by its number or by the label of its edition. */
export async function findPair(
  db: EntityManager,
  scheme: string,
  from: string,
  to: string,
): Promise<{ from: FoundRevision; to: FoundRevision } | Refusal> {
  const [older, newer] = [await findNamedRevision(db, scheme, from), await findNamedRevision(db, scheme, to)];
  if (isRefusal(older)) return older;
  if (isRefusal(newer)) return newer;
  if (older.number < newer.number) return { from: older, to: newer };
  if (older.number === newer.number)
    return refuse('revisions-equal', {
      title: say`A revision is not compared with itself`,
      status: 400,
      detail: say`Both ${from} and ${to} name revision ${older.number}. Name two revisions, the older first.`,
    });
  return refuse('revisions-out-of-order', {
    title: say`The older revision comes first`,
    status: 400,
    detail: say`Ask for ${to}/${from} instead of ${from}/${to}.`,
  });
}
