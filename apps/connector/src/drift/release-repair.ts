import { refuse, run, sql, type Executor, type Refusal } from '#platform';
import { say } from '#words';
import { findTarget, unknownTarget } from '../operations/act.ts';
import { askCheck } from './ask-check.ts';

/**
 * An operator wants mended what a check found and held: the target is read again, and mended when no more is wrong than
 * was seen.
 * @returns how many wrong records are released; refusals `target-unknown`, `drift-not-held`
 */
export async function releaseRepair(
  transaction: Executor,
  targetId: string,
): Promise<{ readonly released: number } | Refusal> {
  const [released] = await run<{ released: number }>(
    transaction,
    sql`update drift_check set released = missing + altered + extra
        where target_id = ${targetId} and (held or in_vain) returning released`,
  );
  if (released) return (await askCheck(transaction, targetId)) ?? released;
  if (!(await findTarget(transaction, targetId))) return unknownTarget(targetId);
  return refuse('drift-not-held', {
    status: 409,
    title: say`No repair is held`,
    detail: say`The last check of "${targetId}" held nothing back.`,
  });
}
