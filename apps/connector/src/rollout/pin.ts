import { runCount, sql, type Executor, type Refusal } from '#platform';
import { wake } from '../delivery/wake.ts';
import { unknownTarget } from '../operations/act.ts';
import { readTargetScheme } from './target-scheme.ts';
import { refuseUnknownRevision } from './find-revision.ts';

/**
 * Holds a target at a revision whatever its organisation adopts; an older one than it holds is brought back.
 * @param revision null: no longer pinned
 * @returns whether that changed anything
 */
export async function pin(
  transaction: Executor,
  targetId: string,
  revision: number | null,
): Promise<{ readonly changed: boolean } | Refusal> {
  const scheme = await readTargetScheme(transaction, targetId);
  if (scheme === null) return unknownTarget(targetId);
  const refusal = revision === null ? null : await refuseUnknownRevision(transaction, scheme, revision);
  if (refusal) return refusal;
  const count = await runCount(
    transaction,
    sql`update target set pinned_revision = ${revision} where id = ${targetId} and pinned_revision is distinct from ${revision}`,
  );
  await wake(transaction);
  return { changed: count > 0 };
}
