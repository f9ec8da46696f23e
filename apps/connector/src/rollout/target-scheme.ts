import { run, sql, type Executor } from '#platform';

/** The map that a listed target holds; null when there is no such target. */
export async function readTargetScheme(executor: Executor, targetId: string): Promise<string | null> {
  const [target] = await run<{ scheme: string }>(
    executor,
    sql`select scheme from target where id = ${targetId} and listed`,
  );
  return target?.scheme ?? null;
}
