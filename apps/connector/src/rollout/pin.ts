import { runCount, sql, type Executor, type Refusal } from '#platform';
import { wake } from '../delivery/wake.ts';
import { unknownTarget } from '../operations/act.ts';
import { readTargetScheme } from './target-scheme.ts';
import { refuseUnknownRevision } from './find-revision.ts';

/**
 * Holds a target at a revision whatever its organisation adopts; an older one than it holds is brought back.
 * @param revision null: no longer pinned
 */
export async function pin(
  transaction: Executor,
  targetId: string,
  revision: number | null,
): Promise<Refusal | null> {
  const scheme = await readTargetScheme(transaction, targetId);
  if (scheme === null) return unknownTarget(targetId);
  const refusal = revision === null ? null : await refuseUnknownRevision(transaction, scheme, revision);
  if (refusal) return refusal;
  await runCount(transaction, sql`update target set pinned_revision = ${revision} where id = ${targetId}`);
  await wake(transaction);
  return null;
}
