import { DataSource, EntityManager, type QueryResult, type QueryRunner } from 'typeorm';
import type { Sql } from './sql.ts';

export type Executor = DataSource | QueryRunner | EntityManager;

/**
 * Runs one statement and gives its rows, also those of `update … returning` (TypeORM alone gives a pair there).
 * The type of a row is the caller's word: name it beside the SQL. int8 comes as a number, date as `YYYY-MM-DD`.
 * @throws QueryFailedError of TypeORM; see `sqlState`
 */
export async function run<Row extends object = never>(executor: Executor, query: Sql): Promise<Row[]> {
  const rows: Row[] | undefined = (await execute(executor, query)).records;
  return rows ?? [];
}

/** Runs one statement and says how many rows it touched. */
export async function runCount(executor: Executor, query: Sql): Promise<number> {
  return (await execute(executor, query)).affected ?? 0;
}

async function execute(executor: Executor, { text, values }: Sql): Promise<QueryResult> {
  if (executor instanceof DataSource) return onNewRunner(executor, text, values);
  if (!(executor instanceof EntityManager)) return executor.query(text, values, true);
  if (executor.queryRunner) return executor.queryRunner.query(text, values, true);
  return onNewRunner(executor.dataSource, text, values);
}

async function onNewRunner(dataSource: DataSource, text: string, values: unknown[]): Promise<QueryResult> {
  const runner = dataSource.createQueryRunner();
  try {
    return await runner.query(text, values, true);
  } finally {
    await runner.release();
  }
}
