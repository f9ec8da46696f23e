import { refuse, run, runCount, sql, type Executor, type Refusal, type Sql } from '#platform';
import { say } from '#words';
import { wake } from '../delivery/wake.ts';
import { checkAgain } from '../drift/check-again.ts';

/** Why somebody does it, and the random id of who; null: nobody in particular. */
export interface Because {
  readonly reason: string;
  readonly personId: string | null;
}

/**
 * What an operator does to targets; each is one statement or two, however many targets they are, and does nothing to
 * those that are so already. Call them in a transaction. They give the ids of the targets that they changed.
 */
export type Deed = (
  transaction: Executor,
  targetIds: readonly string[],
  because: Because,
) => Promise<readonly string[]>;

/** `needsReason`: people who look later must be told why. */
export const deeds = {
  /** Sends nothing more; what is under way ends. */
  pause: {
    action: 'target-paused',
    needsReason: false,
    run: (transaction, ids, { reason, personId }) =>
      changed(
        transaction,
        sql`update target set paused = true, pause_reason = ${reason || null}, paused_by = ${personId}, paused_at = now()
            where id = any(${ids}::text[]) and not paused returning id`,
      ),
  },
  resume: {
    action: 'target-resumed',
    needsReason: false,
    run: (transaction, ids) =>
      changed(
        transaction,
        sql`update target set paused = false, pause_reason = null, paused_by = null, paused_at = null
            where id = any(${ids}::text[]) and paused returning id`,
      ),
  },
  /** Sends nothing more, because something is wrong with the target. */
  quarantine: {
    action: 'target-quarantined',
    needsReason: true,
    run: (transaction, ids, { reason }) =>
      changed(
        transaction,
        sql`update target set quarantine = ${reason}
            where id = any(${ids}::text[]) and quarantine is distinct from ${reason} returning id`,
      ),
  },
  release: {
    action: 'target-released',
    needsReason: false,
    run: (transaction, ids) =>
      changed(
        transaction,
        sql`update target set quarantine = null where id = any(${ids}::text[]) and quarantine is not null returning id`,
      ),
  },
  /** Tries again now what the targets refused, and ends their pauses and those of their systems. */
  retry: {
    action: 'target-retried',
    needsReason: false,
    run: async (transaction, ids) => {
      await retryAll(transaction, ids);
      return ids;
    },
  },
  /**
   * Each record is sent once more, by its own id, so that nothing is made twice: only a mark, however many records they are
   * (`forgetAcknowledged`). The target keeps its revision, so that a hold takes nothing back; what was skipped stays as it is. One
   * that did not hold what it acknowledged is read again afterwards.
   */
  resync: {
    action: 'target-resynced',
    needsReason: false,
    run: async (transaction, ids) => {
      await runCount(
        transaction,
        sql`update target set resync_asked = true, in_step = false, resets = resets + 1 where id = any(${ids}::text[])`,
      );
      await checkAgain(transaction, ids);
      await endPauses(transaction, ids);
      return ids;
    },
  },
} as const satisfies Readonly<
  Record<string, { readonly action: string; readonly needsReason: boolean; readonly run: Deed }>
>;
export type DeedName = keyof typeof deeds;

async function changed(transaction: Executor, update: Sql): Promise<string[]> {
  return (await run<{ id: string }>(transaction, update)).map(({ id }) => id);
}

/** Does it to one target. @returns whether that changed anything */
export async function act(
  transaction: Executor,
  deed: DeedName,
  targetId: string,
  reason = '',
  personId: string | null = null,
): Promise<{ readonly changed: boolean } | Refusal> {
  if (!(await findTarget(transaction, targetId))) return unknownTarget(targetId);
  const ids = await deeds[deed].run(transaction, [targetId], { reason, personId });
  await wake(transaction);
  return { changed: ids.length > 0 };
}

/** Tries again now what a target refused, all of it or some codes. Call it in a transaction. */
export async function retry(
  transaction: Executor,
  targetId: string,
  codes: readonly string[] | null,
): Promise<{ readonly retried: number; readonly isAskedNow: boolean } | Refusal> {
  const target = await findTarget(transaction, targetId);
  if (!target) return unknownTarget(targetId);
  if (target.isPaused) return notSentTo(targetId);
  const missing = codes ? await findNotStuck(transaction, targetId, codes) : [];
  if (missing.length > 0) return notStuck(targetId, missing);
  const retried = await runCount(
    transaction,
    sql`update stuck set next_attempt_at = now()
        where target_id = ${targetId} and (${codes}::text[] is null or code = any(${codes}::text[]))`,
  );
  const ended = await endPauses(transaction, [targetId]);
  await wake(transaction);
  return { retried, isAskedNow: ended > 0 };
}

export function unknownTarget(targetId: string): Refusal {
  return refuse('target-unknown', {
    status: 404,
    title: say`There is no such target`,
    detail: say`No target has the id "${targetId}".`,
  });
}

async function retryAll(transaction: Executor, targetIds: readonly string[]): Promise<void> {
  await runCount(
    transaction,
    sql`update stuck set next_attempt_at = now() where target_id = any(${targetIds}::text[])`,
  );
  await endPauses(transaction, targetIds);
}

/** @returns how many systems and targets rested */
async function endPauses(transaction: Executor, targetIds: readonly string[]): Promise<number> {
  const systems = await runCount(
    transaction,
    sql`update system set retry_at = null
        where id in (select system_id from target where id = any(${targetIds}::text[])) and retry_at is not null`,
  );
  const targets = await runCount(
    transaction,
    sql`update target set retry_at = null where id = any(${targetIds}::text[]) and retry_at is not null`,
  );
  return systems + targets;
}

/** A listed target. */
export async function findTarget(
  executor: Executor,
  targetId: string,
): Promise<{ readonly isPaused: boolean } | undefined> {
  const [target] = await run<{ isPaused: boolean }>(
    executor,
    sql`select paused or quarantine is not null as "isPaused" from target where id = ${targetId} and listed`,
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

function notSentTo(targetId: string): Refusal {
  return refuse('target-paused', {
    status: 409,
    title: say`The target is paused, or in quarantine`,
    detail: say`Resume or release "${targetId}" first; then everything that is due is tried.`,
  });
}

function notStuck(targetId: string, codes: readonly string[]): Refusal {
  return refuse('not-stuck', {
    status: 409,
    title: say`Some of these codes are not stuck; nothing was changed`,
    problems: codes.map((code) => ({ code, message: say`${code} is not stuck at "${targetId}".` })),
  });
}
