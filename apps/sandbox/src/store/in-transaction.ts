import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one transaction: all of it is stored, or, when it throws, none of it. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
