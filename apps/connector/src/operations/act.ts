import { refuse, run, runCount, sql, type Executor, type Refusal } from '#platform';
import { wake } from '../delivery/wake.ts';

interface TargetRow {
  readonly id: string;
  readonly systemId: string;
  readonly paused: boolean;
}

/** Tries again now what a target refused, all of it or some codes, and ends its pause and that of its system. Call it in a transaction. */
export async function retry(
  transaction: Executor,
  targetId: string,
  codes: readonly string[] | null,
): Promise<{ readonly retried: number } | Refusal> {
  const target = await findTarget(transaction, targetId);
  if (!target) return unknownTarget(targetId);
  if (target.paused) return isPaused(targetId);
  const missing = codes ? await findNotStuck(transaction, targetId, codes) : [];
  if (missing.length > 0) return notStuck(targetId, missing);
  const retried = await runCount(
    transaction,
    sql`update stuck set next_attempt_at = now()
        where target_id = ${targetId} and (${codes}::text[] is null or code = any(${codes}::text[]))`,
  );
  await runCount(transaction, sql`update system set retry_at = null where id = ${target.systemId}`);
  await runCount(transaction, sql`update target set retry_at = null where id = ${targetId}`);
  await wake(transaction);
  return { retried };
}

/** Sends nothing more to a target; what is under way ends. Already paused is fine. */
export async function pause(executor: Executor, targetId: string): Promise<Refusal | null> {
  const paused = await runCount(
    executor,
    sql`update target set paused = true where id = ${targetId} and listed`,
  );
  return paused > 0 ? null : unknownTarget(targetId);
}

/** Goes on where it was paused. Not paused is fine. */
export async function resume(executor: Executor, targetId: string): Promise<Refusal | null> {
  const resumed = await runCount(
    executor,
    sql`update target set paused = false where id = ${targetId} and listed`,
  );
  if (resumed === 0) return unknownTarget(targetId);
  await wake(executor);
  return null;
}

export function unknownTarget(targetId: string): Refusal {
  return refuse('target-unknown', {
    status: 404,
    title: 'There is no such target',
    detail: `No target has the id "${targetId}".`,
  });
}

async function findTarget(executor: Executor, targetId: string): Promise<TargetRow | undefined> {
  const [target] = await run<TargetRow>(
    executor,
    sql`select id, system_id as "systemId", paused from target where id = ${targetId} and listed`,
  );
  return target;
}

async function findNotStuck(
  executor: Executor,
  targetId: string,
  codes: readonly string[],
): Promise<string[]> {
  const rows = await run<{ code: string }>(
    executor,
    sql`select code from unnest(${codes}::text[]) as asked(code)
        where not exists (select from stuck s where s.target_id = ${targetId} and s.code = asked.code)`,
  );
  return rows.map(({ code }) => code);
}

function isPaused(targetId: string): Refusal {
  return refuse('target-paused', {
    status: 409,
    title: 'The target is paused',
    detail: `Resume "${targetId}" first; then everything that is due is tried.`,
  });
}

function notStuck(targetId: string, codes: readonly string[]): Refusal {
  return refuse('not-stuck', {
    status: 409,
    title: 'Some of these codes are not stuck; nothing was changed',
    problems: codes.map((code) => ({ code, message: `${code} is not stuck at "${targetId}".` })),
  });
}
