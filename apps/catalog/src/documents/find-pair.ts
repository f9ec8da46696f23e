import { isRefusal, type Refusal } from '#platform';
import type { EntityManager } from 'typeorm';
import type { FoundRevision } from '../reading/find-revision.ts';
import { findNamedRevision } from './find-named-revision.ts';

/** Two revisions of a scheme, in any order or one twice, each by its number or by the label of its edition. */
export async function findPair(
  db: EntityManager,
  scheme: string,
  from: string,
  to: string,
): Promise<{ from: FoundRevision; to: FoundRevision } | Refusal> {
  const first = await findNamedRevision(db, scheme, from);
  if (isRefusal(first)) return first;
  const second = await findNamedRevision(db, scheme, to);
  if (isRefusal(second)) return second;
  return { from: first, to: second };
}
