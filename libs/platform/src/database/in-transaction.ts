import type { DataSource, EntityManager } from 'typeorm';
import { isRefusal } from '../problem/refusal.ts';

const afterCommits = new WeakMap<EntityManager, (() => void)[]>();

/** Calls `then` when the transaction of `inTransaction` is committed, before its caller goes on; never after a rollback. */
export function afterCommit(transaction: EntityManager, then: () => void): void {
  afterCommits.set(transaction, [...(afterCommits.get(transaction) ?? []), then]);
}

type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';
const sessionDefault = 'READ COMMITTED';

/**
 * Runs `work` in one transaction. What throws rolls back, and so does a Refusal given back: a refused decision changes nothing.
 * @returns what `work` gave
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  work: (transaction: EntityManager) => Promise<T>,
  isolation: Isolation = sessionDefault,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    // What a session begins with need not be said.
    await (isolation === sessionDefault ? runner.startTransaction() : runner.startTransaction(isolation));
    const result = await work(runner.manager);
    if (isRefusal(result)) {
      await runner.rollbackTransaction();
      return result;
    }
    await runner.commitTransaction();
    for (const then of afterCommits.get(runner.manager) ?? []) then();
    return result;
  } catch (error) {
    // A lost connection cannot roll back; the first error is the one that tells why.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}
